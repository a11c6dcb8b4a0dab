//! Makes the presets as small as possible, because they are part of the program that every reader downloads. Leaving
//! out white space and descriptions saves a kilobyte.

use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

const PRESETS: &str = "src/backend/presets";
/// The known forms of rankings, in one file.
const EXPORTS: &str = "src/backend/exports.json";
/// The file with all of them: one line for each, and one for the forms of rankings, with its name, a space and its JSON, between two other lines, by which
/// script/split.mjs finds them in the program.
const FILE: &str = "presets";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={PRESETS}");
    println!("cargo::rerun-if-changed={EXPORTS}");
    println!("cargo::rerun-if-changed=build.rs");
    let mut presets = Vec::from([small(Path::new(EXPORTS))?]);
    for entry in fs::read_dir(PRESETS)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            presets.push(small(&path).map_err(|error| format!("{}: {error}", path.display()))?);
        }
    }
    presets.sort();
    let text = ["presets:begin\n", &presets.concat(), "presets:end\n"].concat();
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join(FILE), text)?;
    Ok(())
}

/// A preset as a line of that file.
fn small(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut preset: serde_json::Map<_, _> = serde_json::from_str(&fs::read_to_string(path)?)?;
    preset.remove("description");
    let name = path
        .file_stem()
        .and_then(|name| name.to_str())
        .ok_or("the file has no name")?;
    Ok(format!("{name} {}\n", serde_json::to_string(&preset)?))
}
