//! Fingerprints: numbers that tell whether a page would be made from the same content as the last time.

use sha2::{Digest, Sha256};

/// The first eight bytes of a SHA-256, as a number with the least significant byte first.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// The fingerprint of several parts. The places where one part ends and the next begins count too.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut beginning = [0; 8];
        beginning.copy_from_slice(&hash.finalize()[..8]);
        Fingerprint(u64::from_le_bytes(beginning))
    }

    /// The fingerprint of several texts.
    pub fn of_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::of(texts.into_iter().map(str::as_bytes))
    }

    /// The fingerprint as bytes, to be a part of another fingerprint.
    pub fn bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_in_other_parts_is_another_content() {
        assert_eq!(Fingerprint::of_texts(["ab", "c"]), Fingerprint::of_texts(["ab", "c"]));
        assert_ne!(Fingerprint::of_texts(["ab", "c"]), Fingerprint::of_texts(["a", "bc"]));
        assert_ne!(Fingerprint::of_texts(["a"]), Fingerprint::of_texts(["a", ""]));
    }
}
