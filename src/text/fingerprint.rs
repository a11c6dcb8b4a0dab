//! A hash of a text.

/// A hash of a text, to see whether two texts differ: FNV-1a with 64 bits, as two decimal numbers.
pub fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    [(hash >> 32) as u32, hash as u32]
        .map(|half| half.to_string())
        .join("-")
}
