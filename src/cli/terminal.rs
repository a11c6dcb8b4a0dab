//! What is written for people: fitted to the terminal, coloured where it is one.

use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::edition::metadata::line;

/// How wide a line is where nothing says it, in columns.
const USUAL_WIDTH: usize = 100;

/// A colour or weight of text.
#[derive(Clone, Copy)]
pub enum Style {
    Good,
    Doubtful,
    Bad,
    Faint,
    Strong,
}

/// Standard output.
pub struct Terminal {
    pub width: usize,
    colours: bool,
}

impl Terminal {
    /// As standard output is: a terminal or a file, with colours or without (<https://no-color.org>).
    pub fn new() -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Terminal {
            width: width.unwrap_or(USUAL_WIDTH).max(40),
            colours: stdout().is_terminal() && !no_color,
        }
    }

    /// The text in a style.
    pub fn paint(&self, style: Style, text: &str) -> String {
        let code = match style {
            Style::Good => "32",
            Style::Doubtful => "33",
            Style::Bad => "31",
            Style::Faint => "2",
            Style::Strong => "1",
        };
        if self.colours && !text.is_empty() {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

/// Prints text. One who reads only the beginning, such as `head`, hangs up on the rest: that is no error.
pub fn print(text: &str) -> std::io::Result<()> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Text of exactly this many columns: cut with an ellipsis, or filled up. Hangul and Han take two columns a character.
pub fn fit(text: &str, columns: usize) -> String {
    let mut fitted = cut(text, columns);
    let missing = columns.saturating_sub(fitted.width());
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}

/// Text of at most this many columns, on one line and without control characters, which a terminal would obey.
pub fn cut(text: &str, columns: usize) -> String {
    let text = line(text);
    if text.width() <= columns {
        return text;
    }
    let mut cut = String::new();
    let mut taken = 1;
    for character in text.chars() {
        taken += character.width().unwrap_or(0);
        if taken > columns {
            break;
        }
        cut.push(character);
    }
    cut + "…"
}

/// Says what the program is doing, where somebody watches; gone when it is done.
pub struct Progress {
    shown: bool,
}

impl Progress {
    pub fn new() -> Self {
        Progress {
            shown: stderr().is_terminal(),
        }
    }

    pub fn say(&self, what: &str) {
        if self.shown {
            eprint!("\r\x1b[K{}", cut(what, 78));
            // Where even this can't be written, there is nobody to tell.
            let _ = stderr().flush();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            eprint!("\r\x1b[K");
        }
    }
}
