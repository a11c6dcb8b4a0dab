//! Sizes of paper.

use crate::site::Locale;

/// A size of paper.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PaperSize {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl PaperSize {
    /// All of them.
    pub const ALL: [PaperSize; 2] = [PaperSize::A4, PaperSize::Letter];

    /// The name in CSS and on the command line, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            PaperSize::A4 => "a4",
            PaperSize::Letter => "letter",
        }
    }

    /// The usual size where a language is spoken. English is also the language of countries with A4, which are more.
    pub fn usual(_: Locale) -> Self {
        PaperSize::A4
    }
}
