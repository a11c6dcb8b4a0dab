//! A file that is read from its beginning to its end, in lines; what gzip compressed is inflated.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use anyhow::{Context, bail};
use flate2::read::MultiGzDecoder;

/// How many bytes are read at once. A longer line is left out.
pub const BLOCK_BYTES: usize = 256 * 1024;
/// The name of standard input among the files.
pub const STANDARD_INPUT: &str = "-";

/// The first bytes of files that other programs compressed, and the command that inflates them.
const COMPRESSED: [(&[u8], &str); 3] = [
    (b"\x28\xb5\x2f\xfd", "zstd -dc"),
    (b"BZh", "bzip2 -dc"),
    (b"\xfd7zXZ\0", "xz -dc"),
];
const GZIP: &[u8] = b"\x1f\x8b";

/// The lines of a file, without their ends.
pub struct Lines {
    reader: Box<dyn Read>,
    block: Vec<u8>,
    /// Where the next line begins in the block.
    start: usize,
    /// Where the bytes that were read end in the block.
    end: usize,
    /// Where the last line began.
    last_start: usize,
    /// The number of the last line, from 1; 0 before the first.
    number: u64,
    is_at_end: bool,
    error: Option<io::Error>,
}

/// A line of a file.
#[derive(Debug, PartialEq)]
pub enum LogLine<'a> {
    /// The line without its end.
    Text(&'a [u8]),
    /// A line of more than [`BLOCK_BYTES`].
    TooLong,
}

impl Lines {
    /// Opens a file, or standard input. The error says what to do.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        if path == Path::new(STANDARD_INPUT) {
            return Self::new(Box::new(io::stdin()));
        }
        let name = || path.display().to_string();
        let file = File::open(path).with_context(name)?;
        if file.metadata().with_context(name)?.is_dir() {
            bail!("{}: this is a folder; name the files in it", path.display());
        }
        Self::new(Box::new(file)).with_context(name)
    }

    /// Reads from a stream. Whether it is compressed is seen by its first bytes.
    pub fn new(mut stream: Box<dyn Read>) -> anyhow::Result<Self> {
        let mut beginning = Vec::new();
        (&mut stream).take(8).read_to_end(&mut beginning)?;
        if let Some((_, command)) = COMPRESSED.iter().find(|(first, _)| beginning.starts_with(first)) {
            bail!(
                "it is compressed in a way that gisa can't read; inflate it first: `{command} FILE | gisa ranking --from -`"
            );
        }
        let is_gzip = beginning.starts_with(GZIP);
        let whole = io::Cursor::new(beginning).chain(stream);
        let reader: Box<dyn Read> = match is_gzip {
            true => Box::new(MultiGzDecoder::new(io::BufReader::with_capacity(
                BLOCK_BYTES / 4,
                whole,
            ))),
            false => Box::new(whole),
        };
        let mut lines = Lines {
            reader,
            block: vec![0; BLOCK_BYTES],
            start: 0,
            end: 0,
            last_start: 0,
            number: 0,
            is_at_end: false,
            error: None,
        };
        lines.fill();
        Ok(lines)
    }

    /// The next line; `None` at the end of the file, or where it can't be read any further ([`Lines::error`]).
    pub fn next(&mut self) -> Option<LogLine<'_>> {
        let mut searched = self.start;
        let mut is_too_long = false;
        loop {
            if let Some(length) = memchr::memchr(b'\n', &self.block[searched..self.end]) {
                let line = self.start..searched + length;
                self.take(line.end + 1);
                return Some(self.line(line, is_too_long));
            }
            if self.is_at_end {
                let line = self.start..self.end;
                if line.is_empty() && !is_too_long {
                    return None;
                }
                self.take(line.end);
                return Some(self.line(line, is_too_long));
            }
            if self.start == 0 && self.end == self.block.len() {
                // The block has no end of a line: what it has is thrown away, and so is the rest of the line.
                is_too_long = true;
                self.end = 0;
            }
            let known = self.end - self.start;
            self.fill();
            searched = self.start + known;
        }
    }

    /// Lets [`Lines::next`] return the last line again. It must have been a text.
    pub fn put_back(&mut self) {
        self.start = self.last_start;
        self.number -= 1;
    }

    /// The number of the last line, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Why the file could not be read to its end.
    pub fn error(&self) -> Option<&io::Error> {
        self.error.as_ref()
    }

    /// What was read of the file so far and is not yet taken.
    pub fn beginning(&self) -> &[u8] {
        &self.block[self.start..self.end]
    }

    /// The whole file, if it has at most this many bytes.
    pub fn read_all(mut self, most_bytes: usize) -> anyhow::Result<Vec<u8>> {
        let mut all = self.beginning().to_vec();
        if let Some(error) = self.error {
            return Err(error.into());
        }
        (&mut self.reader).take(most_bytes as u64 + 1).read_to_end(&mut all)?;
        if all.len() > most_bytes {
            bail!("it has more than {} MB, which no export has", most_bytes >> 20);
        }
        Ok(all)
    }

    fn line(&self, line: std::ops::Range<usize>, is_too_long: bool) -> LogLine<'_> {
        if is_too_long {
            return LogLine::TooLong;
        }
        let line = &self.block[line];
        LogLine::Text(line.strip_suffix(b"\r").unwrap_or(line))
    }

    fn take(&mut self, next_start: usize) {
        self.last_start = self.start;
        self.start = next_start;
        self.number += 1;
    }

    /// Reads on until the block is full or the file ends. What is not yet taken moves to the beginning of the block.
    fn fill(&mut self) {
        self.block.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        while self.end < self.block.len() && !self.is_at_end {
            match self.reader.read(&mut self.block[self.end..]) {
                Ok(0) => self.is_at_end = true,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.error = Some(error);
                    self.is_at_end = true;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn lines(bytes: &[u8]) -> Lines {
        Lines::new(Box::new(io::Cursor::new(bytes.to_vec()))).expect("lines")
    }

    fn all(mut lines: Lines) -> Vec<Option<String>> {
        let mut found = Vec::new();
        while let Some(line) = lines.next() {
            found.push(match line {
                LogLine::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
                LogLine::TooLong => None,
            });
        }
        found
    }

    fn texts(texts: &[&str]) -> Vec<Option<String>> {
        texts.iter().map(|text| Some((*text).to_owned())).collect()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    #[test]
    fn lines_may_end_as_on_any_system_and_the_last_one_need_not_end() {
        assert_eq!(all(lines(b"a\nb\r\n\nc")), texts(&["a", "b", "", "c"]));
        assert_eq!(all(lines(b"a\n")), texts(&["a"]));
        assert_eq!(all(lines(b"")), texts(&[]));
    }

    #[test]
    fn a_line_that_fills_the_block_is_left_out_and_the_next_one_is_read() {
        let long = "x".repeat(4 * BLOCK_BYTES);
        let text = format!("a\n{long}\nb\n{long}");
        assert_eq!(
            all(lines(text.as_bytes())),
            [Some("a".to_owned()), None, Some("b".to_owned()), None]
        );
        let fits = "y".repeat(BLOCK_BYTES - 1);
        assert_eq!(
            all(lines(format!("a\n{fits}\nb").as_bytes())),
            texts(&["a", &fits, "b"])
        );
    }

    #[test]
    fn lines_across_blocks_are_whole() {
        let written: Vec<String> = (0..50_000).map(|number| format!("line {number}")).collect();
        let expected: Vec<_> = written.iter().cloned().map(Some).collect();
        assert_eq!(all(lines(written.join("\n").as_bytes())), expected);
    }

    #[test]
    fn a_line_that_was_put_back_comes_again_with_the_same_number() {
        let mut lines = lines(b"a\nb\nc");
        lines.next();
        assert_eq!(lines.next(), Some(LogLine::Text(b"b")));
        lines.put_back();
        assert_eq!(lines.next(), Some(LogLine::Text(b"b")));
        assert_eq!(lines.number(), 2);
        assert_eq!(lines.next(), Some(LogLine::Text(b"c")));
    }

    #[test]
    fn a_file_that_is_compressed_is_inflated_with_all_its_parts() {
        let both = [gzip(b"a\nb\n"), gzip(b"c\n")].concat();
        assert_eq!(all(lines(&both)), texts(&["a", "b", "c"]));
    }

    #[test]
    fn a_compressed_file_that_was_cut_gives_the_lines_before_the_cut_and_says_so() {
        let text: String = (0..20_000).map(|number| format!("line {number}\n")).collect();
        let whole = gzip(text.as_bytes());
        let mut lines = lines(&whole[..whole.len() / 2]);
        let mut count = 0;
        while lines.next().is_some() {
            count += 1;
        }
        assert!(count > 1_000, "{count}");
        assert_eq!(lines.error().map(io::Error::kind), Some(ErrorKind::UnexpectedEof));
    }

    #[test]
    fn other_compressed_files_are_refused_with_the_command_that_inflates_them() {
        let error = Lines::new(Box::new(io::Cursor::new(b"\x28\xb5\x2f\xfdabc".to_vec())))
            .err()
            .expect("an error");
        assert!(error.to_string().contains("zstd -dc"), "{error}");
    }
}
