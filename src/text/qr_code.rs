//! QR codes, for print pages.

use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel};

/// The QR code of a text: how many modules it is wide and high, and the path of an SVG that fills its dark modules. `None` if
/// the text is too long for a QR code.
///
/// Every reader knows all eight masks. The crate tries all of them and takes the one with the fewest large areas, which took a
/// tenth of the time of a full run of `gisa prerender`; the checkerboard leaves few such areas in any text.
pub fn qr_code(text: &str) -> Option<(usize, String)> {
    let level = EcLevel::M;
    let bits = encode_auto(text.as_bytes(), level).ok()?;
    let version = bits.version();
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, level).ok()?;
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    let modules = usize::try_from(version.width()).ok()?;
    let mut path = String::new();
    for (row, colors) in canvas.into_colors().chunks(modules).enumerate() {
        let mut column = 0;
        for run in colors.chunk_by(|one, next| one == next) {
            let length = run.len();
            if run[0] == Color::Dark {
                let (column, row, length) = (column.to_string(), row.to_string(), length.to_string());
                path.extend(["M", &*column, " ", &row, "h", &length, "v1h-", &length, "z"]);
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
