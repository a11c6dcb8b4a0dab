//! Prints for people and for scripts: fitted to the terminal's width, coloured on a terminal, and without characters
//! that control it.

use std::fmt;
use std::io::{ErrorKind, Write};
use std::time::Duration;

use clap::builder::styling::{AnsiColor, Effects, Style as AnsiStyle};
use indicatif::{ProgressBar, ProgressFinish, ProgressState, ProgressStyle};
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::{is_control, one_line};

/// The width if neither the environment nor the terminal says it.
const DEFAULT_WIDTH_COLUMNS: usize = 100;
/// The smallest width of tables, on any terminal.
const LEAST_WIDTH_COLUMNS: usize = 40;
/// Sentences are broken here on wider terminals too, because longer lines are hard to read.
const WIDEST_SENTENCE_COLUMNS: usize = 100;
/// How often the status line is drawn.
const REDRAW_EVERY: Duration = Duration::from_millis(100);

/// A style of text, named after its meaning.
#[derive(Clone, Copy)]
pub enum Style {
    Good,
    Doubtful,
    Bad,
    Faint,
    Strong,
}

/// The terminal for which tables are laid out.
pub struct Terminal {
    /// The width of tables, in columns. A Hangul or Han character takes two.
    pub width: usize,
    /// The width of sentences, in columns; `None` where nothing says how wide the output is shown: then a sentence is one
    /// line.
    pub sentence_width: Option<usize>,
}

impl Terminal {
    /// Its width is `COLUMNS`, or else the terminal's own.
    pub fn new() -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
        let width = width.map(|width| width.max(LEAST_WIDTH_COLUMNS));
        Terminal {
            width: width.unwrap_or(DEFAULT_WIDTH_COLUMNS),
            sentence_width: width.map(|width| width.min(WIDEST_SENTENCE_COLUMNS)),
        }
    }

    /// The text in a style. [`print`] removes the style if standard output does not show colours.
    pub fn paint(&self, style: Style, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let style = match style {
            Style::Good => AnsiColor::Green.on_default(),
            Style::Doubtful => AnsiColor::Yellow.on_default(),
            Style::Bad => AnsiColor::Red.on_default(),
            Style::Faint => AnsiStyle::new().effects(Effects::DIMMED),
            Style::Strong => AnsiStyle::new().effects(Effects::BOLD),
        };
        format!("{style}{text}{style:#}")
    }
}

/// Prints text on standard output. It has styles if that is a terminal and nothing forbids colours (`NO_COLOR`,
/// `CLICOLOR`, `TERM=dumb`). It is not an error if the reader, such as `head`, reads only the beginning.
pub fn print(text: &str) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints a value as JSON on standard output, made safe by [`safe_json`].
pub fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    print(&(safe_json(&text) + "\n"))?;
    Ok(())
}

/// Prints one or more lines on standard error, made safe by [`safe_lines`].
pub fn complain(text: &str) {
    eprintln!("{}", safe_lines(text));
}

/// Lines without characters that control a terminal. Each is as [`one_line`] makes it, but keeps the spaces at its
/// beginning.
pub fn safe_lines(text: &str) -> String {
    let lines = text.lines().map(|text| {
        let indent = text.len() - text.trim_start_matches(' ').len();
        format!("{}{}", &text[..indent], one_line(text))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// JSON with the same meaning and without characters that control a terminal: they are written like `\u202e`.
pub fn safe_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        // Outside of strings, JSON has no control characters but line breaks; within strings they are already escaped.
        if is_control(character) && character != '\n' {
            safe.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Text of exactly this many columns: cut with an ellipsis, or filled with spaces.
pub fn fit(text: &str, columns: usize) -> String {
    let mut fitted = cut(text, columns);
    let missing = columns.saturating_sub(fitted.width());
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}

/// The same with the spaces before the text.
pub fn right(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let missing = columns.saturating_sub(text.width());
    format!("{}{text}", " ".repeat(missing))
}

/// Text as lines of at most this many columns, broken between words; one line if there is no limit. A longer word is not
/// broken, so that an address can be copied.
pub fn wrap(text: &str, columns: Option<usize>) -> Vec<String> {
    let text = one_line(text);
    let Some(columns) = columns else {
        return vec![text];
    };
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && line.width() + 1 + word.width() > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// Text of at most this many columns, as [`one_line`] makes it. If it is too long, it is cut with an ellipsis.
pub fn cut(text: &str, columns: usize) -> String {
    let text = one_line(text);
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

/// A line on standard error that shows what the program is doing. It is shown only on a terminal, and removed when this
/// is dropped.
pub struct StatusLine(ProgressBar);

impl StatusLine {
    /// An empty line, which shows nothing yet.
    pub fn new() -> Self {
        let bar = transient(ProgressBar::no_length());
        if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
            bar.set_style(style);
        }
        if !bar.is_hidden() {
            bar.enable_steady_tick(REDRAW_EVERY);
        }
        StatusLine(bar)
    }

    /// Replaces the text of the line.
    pub fn say(&self, what: &str) {
        self.0.set_message(one_line(what));
    }
}

/// A progress bar of articles on standard error. It is shown only on a terminal, and removed when the last copy is
/// dropped.
pub struct ArticleBar(ProgressBar);

impl ArticleBar {
    /// A bar that shows nothing yet.
    pub fn new() -> Self {
        let bar = ArticleBar(transient(ProgressBar::no_length()));
        bar.set_style("{pos} articles, {rate} a second");
        bar
    }

    /// Shows how many articles a list has so far that is read before any of them is done.
    pub fn show_list(&self, listed: u64) {
        self.set_style("{pos} articles in the list");
        self.0.set_position(listed);
    }

    /// Shows how many articles are done, and how many there are, if that is known.
    pub fn show(&self, done: u64, total: Option<u64>) {
        // A backend may have received more articles since it counted them.
        let total = total.filter(|total| *total >= done);
        let is_first = done <= 1;
        if is_first {
            // The time of the list is none of theirs.
            self.0.reset();
        }
        if is_first || total != self.0.length() {
            match total {
                Some(total) => {
                    self.0.set_length(total);
                    self.set_style("{bar:20} {pos} of {len} articles, {rate} a second, {left} left");
                }
                None => {
                    self.0.unset_length();
                    self.set_style("{pos} articles, {rate} a second");
                }
            }
        }
        self.0.set_position(done);
    }

    fn set_style(&self, template: &str) {
        let Ok(style) = ProgressStyle::with_template(template) else {
            return;
        };
        let style = style.progress_chars("█░");
        let style = style.with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
            // A bar that can't be drawn is not an error.
            let _ = write!(out, "{:.0}", state.per_sec());
        });
        let style = style.with_key("left", |state: &ProgressState, out: &mut dyn fmt::Write| {
            let seconds = state.eta().as_secs();
            let _ = write!(out, "{}:{:02}", seconds / 60, seconds % 60);
        });
        self.0.set_style(style);
    }
}

/// A bar that is removed from the screen when it is done.
fn transient(bar: ProgressBar) -> ProgressBar {
    bar.with_finish(ProgressFinish::AndClear)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OBEYED: [char; 6] = ['\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}', '\r'];

    #[test]
    fn json_for_a_terminal_means_the_same_and_has_nothing_that_it_obeys() {
        for character in OBEYED {
            let value = serde_json::json!({ "headline": format!("a{character}\nb \"한글\"") });
            let json = safe_json(&serde_json::to_string_pretty(&value).expect("JSON"));
            assert!(!json.contains(character), "{json:?}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&json).expect(&json), value);
        }
    }

    #[test]
    fn lines_for_a_terminal_keep_their_indentation_and_have_nothing_that_it_obeys() {
        for character in OBEYED {
            let text = safe_lines(&format!("tried:\n  https://a.example: {character}[31mred"));
            assert!(!text.contains(character), "{text:?}");
            assert!(text.starts_with("tried:\n  https://a.example:"), "{text:?}");
        }
    }

    #[test]
    fn a_text_is_fitted_by_columns_and_not_by_characters() {
        assert_eq!(cut("한글 기사", 6), "한글 …");
        assert_eq!(fit("한글", 6), "한글  ");
        assert_eq!(fit("newspaper", 5), "news…");
        assert_eq!(right("한글", 6), "  한글");
    }

    #[test]
    fn sentences_are_broken_between_words_by_columns() {
        assert_eq!(wrap("한글 기사 a", Some(9)), ["한글 기사", "a"]);
        assert_eq!(
            wrap("https://news.example/a b", Some(5)),
            ["https://news.example/a", "b"]
        );
        assert_eq!(wrap("한글 기사 a", None), ["한글 기사 a"]);
        assert_eq!(wrap("", Some(5)), [""]);
    }
}
