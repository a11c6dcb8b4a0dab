//! QR codes, for print pages.

use qrcode::{Color, EcLevel, QrCode};

/// The QR code of a text: how many modules it is wide and high, and the path of an SVG that fills its dark modules. `None` if the text is too long for a QR code.
pub fn qr_code(text: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let modules = code.width();
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(modules).enumerate() {
        let mut column = 0;
        for run in colors.chunk_by(|one, next| one == next) {
            let length = run.len();
            if run[0] == Color::Dark {
                path.push_str(&format!("M{column} {row}h{length}v1h-{length}z"));
            }
            column += length;
        }
    }
    Some((modules, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_every_row() {
        let (modules, path) = qr_code("https://haesol.example/articles/10203/").expect("a code");
        assert_eq!(modules, 29);
        // The upper edge of the corners at the left and at the right, and the lower edge of the third.
        assert!(path.starts_with("M0 0h7v1h-7z"), "{path}");
        assert!(path.contains("M22 0h7v1h-7zM0 1h1v1h-1zM6 1h1v1h-1z"), "{path}");
        assert!(path.contains("M0 28h7v1h-7z"), "{path}");
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert_eq!(qr_code(&"a".repeat(3_000)), None);
    }
}
