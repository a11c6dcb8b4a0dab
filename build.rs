//! Makes the presets and the known forms of rankings as small as possible, without white space and descriptions. Asks the
//! linker for a map of the production build.

use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

const PRESETS: &str = "src/backend/presets";
/// The known forms of rankings, in one file.
const EXPORTS: &str = "src/backend/exports.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={PRESETS}");
    println!("cargo::rerun-if-changed={EXPORTS}");
    println!("cargo::rerun-if-changed=build.rs");
    let mut presets = Vec::new();
    for entry in fs::read_dir(PRESETS)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path
                .file_stem()
                .and_then(|name| name.to_str())
                .ok_or("the file has no name")?;
            presets.push((name.to_owned(), small(&path)?));
        }
    }
    presets.sort();
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    // One line for each, with its name, a space and its JSON.
    let lines = presets.iter().map(|(name, json)| format!("{name} {json}\n"));
    fs::write(folder.join("presets"), lines.collect::<String>())?;
    fs::write(folder.join("exports"), small(Path::new(EXPORTS))?)?;
    // `script/constants.mjs` reads the map. It stands beside the program.
    if env::var("CARGO_CFG_TARGET_FAMILY")? == "wasm" && env::var("PROFILE")? == "release" {
        let beside = folder.ancestors().nth(3).ok_or("OUT_DIR is no folder of cargo")?;
        println!("cargo::rustc-link-arg-bins=--Map={}", beside.join("gisa.map").display());
    }
    let names: Vec<&str> = presets.iter().map(|(name, _)| name.as_str()).collect();
    println!("cargo::rustc-env=GISA_PRESETS={}", names.join(" "));
    Ok(())
}

/// The JSON of a file.
fn small(path: &Path) -> Result<String, Box<dyn Error>> {
    let in_file = |error| format!("{}: {error}", path.display());
    let mut document: serde_json::Map<_, _> = serde_json::from_str(&fs::read_to_string(path)?).map_err(in_file)?;
    document.remove("description");
    Ok(serde_json::to_string(&document)?)
}
