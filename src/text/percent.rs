//! Percent-encoding (RFC 3986, section 2.1): `%` and two hexadecimal digits in place of a byte.

/// The characters that separate the parts of an address, and `%`. They are kept in a text that is already an address.
pub const RESERVED: &[u8] = b":/?#[]@!$&'()*+,;=%";

/// Whether the byte may stand anywhere in an address without encoding (RFC 3986, "unreserved").
pub fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// Percent-encodes text as one part of an address: a segment of its path, a name or a value of its query.
///
/// ```
/// use gisa::text::percent;
///
/// assert_eq!(percent::encode("굴 & 김"), "%EA%B5%B4%20%26%20%EA%B9%80");
/// assert_eq!(percent::decode("%EA%B5%B4%20%26%20%EA%B9%80"), "굴 & 김");
/// ```
pub fn encode(text: &str) -> String {
    encode_but(text, b"")
}

/// The same, but the bytes in `kept` stay as they are.
pub fn encode_but(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    append(text, kept, &mut encoded);
    encoded
}

/// Appends percent-encoded text. Unreserved bytes and the bytes in `kept` stay as they are.
pub fn append(text: &str, kept: &[u8], encoded: &mut String) {
    for byte in text.bytes() {
        if is_unreserved(byte) || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            push_code('%', byte, encoded);
        }
    }
}

/// Appends the code of a byte: the mark, usually `%`, and two hexadecimal digits.
pub fn push_code(mark: char, byte: u8, encoded: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    encoded.push(mark);
    encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
    encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// Decodes percent-encoded text. A `%` without two hexadecimal digits after it stays. If the decoded bytes are not
/// UTF-8, the whole text stays as it is.
pub fn decode(text: &str) -> String {
    decode_marked(text, b'%')
}

/// Like [`decode`], for codes that begin with another mark.
pub fn decode_marked(text: &str, mark: u8) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        match coded_byte(tail).filter(|_| *first == mark) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The byte of the two hexadecimal digits at the beginning of a text; `None` if it does not begin with them.
pub fn coded_byte(text: &[u8]) -> Option<u8> {
    let digit = |index: usize| char::from(*text.get(index)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_but_the_unreserved_ones_is_encoded() {
        assert_eq!(encode("azAZ09-._~"), "azAZ09-._~");
        assert_eq!(encode("a b&c=d/e%+é"), "a%20b%26c%3Dd%2Fe%25%2B%C3%A9");
    }

    #[test]
    fn a_query_is_encoded_for_a_link() {
        assert_eq!(encode("버스 & 전철"), "%EB%B2%84%EC%8A%A4%20%26%20%EC%A0%84%EC%B2%A0");
        assert_eq!(encode("a+b=c#d"), "a%2Bb%3Dc%23d");
    }

    #[test]
    fn an_address_can_keep_what_separates_its_parts() {
        let mut url = String::new();
        append("https://a.example/b?c=[d]#e%20 f<", RESERVED, &mut url);
        assert_eq!(url, "https://a.example/b?c=[d]#e%20%20f%3C");
    }

    #[test]
    fn what_was_encoded_is_decoded() {
        for text in ["", "한글 기사", "100%", "%2F", "a\u{0}\u{7f}", "📰"] {
            assert_eq!(decode(&encode(text)), text);
        }
        assert_eq!(decode("%ed%95%9c"), "한");
    }

    #[test]
    fn what_is_no_code_stands_for_itself() {
        for text in ["%", "a%", "%2", "%zz", "%+5", "%-1", "% 5", "%한글", "%FF", "100%C3"] {
            assert_eq!(decode(text), text);
        }
        assert_eq!(decode("%%41"), "%A");
        assert_eq!(decode_marked("~41%41", b'~'), "A%41");
    }
}
