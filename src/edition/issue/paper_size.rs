//! Sizes of paper.

/// A size of paper.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum PaperSize {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl PaperSize {
    /// The name in CSS and on the command line, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            PaperSize::A4 => "a4",
            PaperSize::Letter => "letter",
        }
    }
}
