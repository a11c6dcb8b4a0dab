//! Makes the presets as small as possible, because they are part of the program that every reader downloads. Leaving
//! out white space and descriptions saves a kilobyte.

use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

const PRESETS: &str = "src/backend/presets";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={PRESETS}");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for entry in fs::read_dir(PRESETS)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            write_small(&path, &out).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

/// Writes a preset under its own name into a folder.
fn write_small(path: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut preset: serde_json::Map<_, _> = serde_json::from_str(&fs::read_to_string(path)?)?;
    preset.remove("description");
    let name = path.file_name().ok_or("the path has no file name")?;
    fs::write(out.join(name), serde_json::to_string(&preset)?)?;
    Ok(())
}
