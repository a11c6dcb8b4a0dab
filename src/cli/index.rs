//! `gisa index`: writes the lists of a folder of articles, and prints how many have changed.

mod lists;

use std::path::PathBuf;
use std::process::ExitCode;

pub(super) use self::lists::summary;
use super::terminal;

/// The arguments of `gisa index`.
#[derive(clap::Args)]
pub struct IndexArguments {
    /// The folder, such as public/data.
    folder: PathBuf,
    /// How many articles a page of a list has.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100))]
    page_size: u32,
    /// Write nothing; the exit status is 1 if anything would change.
    #[arg(long)]
    check: bool,
}

/// Writes the lists of a folder of articles. With `check`, it only prints which of them are not up to date.
pub fn run(arguments: &IndexArguments) -> anyhow::Result<ExitCode> {
    let IndexArguments { folder, check, .. } = arguments;
    let written = lists::write(folder, arguments.page_size as usize, *check)?;
    let (count, changed) = (written.count, written.changed.len());
    for problem in &written.left_out {
        terminal::complain(problem);
    }
    if *check {
        for path in &written.changed {
            terminal::complain(&format!("{} is not up to date", path.display()));
        }
        if changed > 0 {
            terminal::complain(&format!(
                "{changed} of {count} lists are not up to date: run `gisa index {}`",
                folder.display()
            ));
            return Ok(ExitCode::FAILURE);
        }
    }
    let what = if *check { "to change" } else { "changed" };
    terminal::print(&format!("{count} lists, {changed} {what}\n"))?;
    Ok(ExitCode::SUCCESS)
}
