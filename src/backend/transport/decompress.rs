//! Decompresses answers of servers that compress without being asked, with a limit on what comes out.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Why a body can't be decompressed.
#[derive(Debug)]
pub enum Problem {
    /// The compression is not known: its name in `Content-Encoding`.
    Unknown(String),
    /// More bytes came out than the limit allows.
    TooLong,
    /// It is not complete, or it is not compressed as the header says.
    Broken(io::Error),
}

/// The most compressions on top of each other.
const MOST_LAYERS: usize = 3;
/// The size of brotli's buffer, in bytes.
const BUFFER_BYTES: usize = 1 << 16;

/// The body of an answer with this `Content-Encoding`. At most `most` bytes may come out.
pub fn decompress(body: Vec<u8>, encoding: &str, most: usize) -> Result<Vec<u8>, Problem> {
    let layers: Vec<&str> = encoding
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if layers.len() > MOST_LAYERS {
        return Err(Problem::Unknown(encoding.to_owned()));
    }
    // The last one was applied last.
    layers
        .iter()
        .rev()
        .try_fold(body, |body, name| match name.to_ascii_lowercase().as_str() {
            "identity" => Ok(body),
            "gzip" | "x-gzip" => read(MultiGzDecoder::new(&*body), most),
            "deflate" if is_zlib(&body) => read(ZlibDecoder::new(&*body), most),
            // Some servers leave out the header of zlib.
            "deflate" => read(DeflateDecoder::new(&*body), most),
            "br" => read(brotli::Decompressor::new(&*body, BUFFER_BYTES), most),
            _ => Err(Problem::Unknown((*name).to_owned())),
        })
}

fn read(decoder: impl Read, most: usize) -> Result<Vec<u8>, Problem> {
    let mut decompressed = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    decoder
        .take(limit)
        .read_to_end(&mut decompressed)
        .map_err(Problem::Broken)?;
    if decompressed.len() > most {
        return Err(Problem::TooLong);
    }
    Ok(decompressed)
}

/// Whether it begins with the header of zlib (RFC 1950): its two bytes are a multiple of 31.
fn is_zlib(body: &[u8]) -> bool {
    match body {
        [first, second, ..] => first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = r#"{"items": "다리가 열렸다"}"#.as_bytes();

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).and_then(|()| encoder.finish()).expect("gzip")
    }

    fn brotli(text: &[u8]) -> Vec<u8> {
        let mut compressed = Vec::new();
        brotli::BrotliCompress(&mut &*text, &mut compressed, &Default::default()).expect("brotli");
        compressed
    }

    #[test]
    fn every_usual_compression_is_read() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(TEXT).expect("zlib");
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(TEXT).expect("deflate");
        for (encoding, body) in [
            ("", TEXT.to_vec()),
            ("identity", TEXT.to_vec()),
            ("gzip", gzip(TEXT)),
            ("X-GZIP", gzip(TEXT)),
            ("deflate", zlib.finish().expect("zlib")),
            ("deflate", raw.finish().expect("deflate")),
            ("br", brotli(TEXT)),
            ("gzip, br", brotli(&gzip(TEXT))),
        ] {
            assert_eq!(decompress(body, encoding, 1000).expect(encoding), TEXT, "{encoding}");
        }
    }

    #[test]
    fn no_more_comes_out_than_the_limit() {
        let zeros = vec![0; 1_000_000];
        for (encoding, body) in [
            ("gzip", gzip(&zeros)),
            ("br", brotli(&zeros)),
            ("gzip, gzip", gzip(&gzip(&zeros))),
        ] {
            assert!(
                matches!(decompress(body.clone(), encoding, 999_999), Err(Problem::TooLong)),
                "{encoding}"
            );
            assert!(decompress(body, encoding, 1_000_000).is_ok(), "{encoding}");
        }
    }

    #[test]
    fn what_is_not_what_its_header_says_is_an_error() {
        assert!(matches!(
            decompress(TEXT.to_vec(), "gzip", 1000),
            Err(Problem::Broken(_))
        ));
        assert!(matches!(
            decompress(gzip(TEXT)[..20].to_vec(), "gzip", 1000),
            Err(Problem::Broken(_))
        ));
        assert!(matches!(decompress(TEXT.to_vec(), "zstd", 1000), Err(Problem::Unknown(name)) if name == "zstd"));
    }
}
