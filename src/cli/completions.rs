//! `gisa completions`: the script with which a shell completes the names of commands and options.

use std::process::ExitCode;

use clap_complete::{Shell, generate};

use super::terminal;

/// Prints the script of a shell. `program` is the whole command line.
pub fn print(shell: Shell, mut program: clap::Command) -> anyhow::Result<ExitCode> {
    let name = program.get_name().to_owned();
    let mut script = Vec::new();
    generate(shell, &mut program, name, &mut script);
    terminal::print(&String::from_utf8(script)?)?;
    Ok(ExitCode::SUCCESS)
}
