//! The pictures of an issue: each is fetched once, in a size that is right for paper.

use std::collections::HashMap;
use std::path::Path;

use futures::StreamExt;

use super::IssueStep;
use super::svg::{self, SvgPicture};
use crate::backend::transport::{self, Failure};
use crate::backend::{OWN_ORIGIN, Surroundings};
use crate::edition::metadata;
use crate::model::{Article, ImageObject};
use crate::newspaper::Newspaper;
use crate::text::one_line;

/// The width that a picture should have, in pixels: 200 a inch over both columns of A4.
const ENOUGH_PIXELS: u32 = 1_400;
/// A larger file is left out: a document of many such files could not be opened.
const MOST_BYTES: usize = 12 << 20;
/// A picture of more pixels than this is left out: unpacked, it would fill the memory.
const MOST_PIXELS: usize = 80_000_000;
/// How many pictures are fetched at the same time.
const JOBS: usize = 6;
/// A picture that has not come after this time is left out.
const TIME_LIMIT_SECONDS: u32 = 30;
/// A picture's address in a message is cut at this length, in characters.
const SHOWN_CHARACTERS: usize = 200;

/// The pictures of an issue, by the address that the articles' markup has.
pub struct Pictures {
    places: HashMap<String, usize>,
    files: Vec<PictureFile>,
}

/// A picture's file.
pub struct PictureFile {
    pub bytes: Vec<u8>,
    pub kind: PictureKind,
    /// Width and height in pixels; `None` if the file does not say it.
    pub size: Option<(u32, u32)>,
}

/// The format of a picture.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PictureKind {
    Jpeg,
    Png,
    Gif,
    Webp,
    Avif,
    Svg,
}

impl PictureKind {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            PictureKind::Jpeg => "image/jpeg",
            PictureKind::Png => "image/png",
            PictureKind::Gif => "image/gif",
            PictureKind::Webp => "image/webp",
            PictureKind::Avif => "image/avif",
            PictureKind::Svg => "image/svg+xml",
        }
    }

    /// The end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            PictureKind::Jpeg => "jpg",
            PictureKind::Png => "png",
            PictureKind::Gif => "gif",
            PictureKind::Webp => "webp",
            PictureKind::Avif => "avif",
            PictureKind::Svg => "svg",
        }
    }
}

impl Pictures {
    /// Fetches the pictures of these articles. Returns also which ones are left out, and why. `watch` is called with the
    /// progress.
    pub async fn fetch<'a>(
        newspaper: &Newspaper,
        dist: &Path,
        articles: impl Iterator<Item = &'a Article>,
        watch: &impl Fn(IssueStep),
    ) -> (Self, Vec<String>) {
        // The address in the markup, and the address of the file that is fetched for it.
        let mut wanted: Vec<(String, String)> = Vec::new();
        let mut first_use: HashMap<String, String> = HashMap::new();
        for article in articles {
            for image in metadata::pictures(article) {
                let shown = newspaper.image(&image.url);
                if !wanted.iter().any(|(known, _)| *known == shown) {
                    let file = newspaper.image(right_size(image));
                    first_use.entry(file.clone()).or_insert_with(|| article.id.clone());
                    wanted.push((shown, file));
                }
            }
        }
        let mut addresses: Vec<&String> = Vec::new();
        for (_, file) in &wanted {
            if !addresses.contains(&file) {
                addresses.push(file);
            }
        }
        let source = PictureSource {
            own_files: Surroundings {
                own_files: Some(dist.to_owned()),
                ..Surroundings::default()
            },
            home: newspaper.repository.variable("base").unwrap_or_default(),
        };
        let total = addresses.len() as u64;
        let requests: Vec<_> = addresses.iter().map(|address| source.fetch(address)).collect();
        let mut answers = futures::stream::iter(requests).buffered(JOBS);
        let mut files = Vec::new();
        let mut problems = Vec::new();
        let mut numbers: HashMap<&String, usize> = HashMap::new();
        let mut done = 0;
        while let Some(answer) = answers.next().await {
            let address = addresses[done];
            match answer {
                Ok(file) => {
                    numbers.insert(address, files.len());
                    files.push(file);
                }
                Err(problem) => {
                    let article = first_use.get(address).map_or("", String::as_str);
                    let shown: String = one_line(address).chars().take(SHOWN_CHARACTERS).collect();
                    let shown = shown.trim_start_matches('/');
                    problems.push(format!(
                        "article `{article}`: the picture {shown} is left out: {problem}"
                    ));
                }
            }
            done += 1;
            watch(IssueStep::Pictures(done as u64, total));
        }
        let places = wanted
            .iter()
            .filter_map(|(shown, file)| Some((shown.clone(), *numbers.get(file)?)));
        let pictures = Pictures {
            places: places.collect(),
            files,
        };
        (pictures, problems)
    }

    /// The number of the file, from 0, for an address in an article's markup; `None` if it is left out.
    pub fn number(&self, address: &str) -> Option<usize> {
        self.places.get(address).copied()
    }

    /// The files, in the order of their numbers.
    pub fn files(&self) -> &[PictureFile] {
        &self.files
    }
}

/// The file of an image that is wide enough for paper and not much wider; the widest one if none is.
fn right_size(image: &ImageObject) -> &str {
    let own = image.width.map(|width| (width, &*image.url));
    let files = || image.sizes.iter().map(|file| (file.width, &*file.url)).chain(own);
    let enough = files()
        .filter(|(width, _)| *width >= ENOUGH_PIXELS)
        .min_by_key(|(width, _)| *width);
    let best = enough.or_else(|| files().max_by_key(|(width, _)| *width));
    best.map_or(&image.url, |(_, url)| url)
}

/// Where pictures come from.
struct PictureSource {
    own_files: Surroundings,
    /// The backend's address. Its server may be within a private network.
    home: String,
}

impl PictureSource {
    async fn fetch(&self, address: &str) -> Result<PictureFile, String> {
        let bytes = match address.strip_prefix('/') {
            Some(path) => self.read(path)?,
            None => self.download(address).await?,
        };
        understand(bytes)
    }

    /// A file of the newspaper's own folder.
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let path = self.own_files.own_file(&[OWN_ORIGIN, path].concat());
        let path = path.ok_or("it is outside of the newspaper's folder")?;
        let length = std::fs::metadata(&path).map_err(|error| error.to_string())?.len();
        if length > MOST_BYTES as u64 {
            return Err(too_long());
        }
        std::fs::read(&path).map_err(|error| error.to_string())
    }

    async fn download(&self, address: &str) -> Result<Vec<u8>, String> {
        let answer = transport::bytes(address, &self.home, TIME_LIMIT_SECONDS, MOST_BYTES).await;
        answer.map_err(|failure| match failure {
            Failure::TooLong => too_long(),
            failure => failure.to_string(),
        })
    }
}

fn too_long() -> String {
    format!("the file is larger than {} MiB", MOST_BYTES >> 20)
}

/// What a file is, by its content: servers give wrong types.
fn understand(bytes: Vec<u8>) -> Result<PictureFile, String> {
    let kind = match bytes.as_slice() {
        [0xff, 0xd8, 0xff, ..] => PictureKind::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => PictureKind::Png,
        [b'G', b'I', b'F', b'8', ..] => PictureKind::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => PictureKind::Webp,
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => PictureKind::Avif,
        _ => PictureKind::Svg,
    };
    if kind == PictureKind::Svg {
        let text = String::from_utf8(bytes).map_err(|_| "it is not a picture that can be printed")?;
        let SvgPicture { text, size } = svg::harmless(&text)?;
        return Ok(PictureFile {
            bytes: text.into_bytes(),
            kind,
            size,
        });
    }
    let size = imagesize::blob_size(&bytes).map_err(|error| format!("the file is damaged: {error}"))?;
    if size.width.saturating_mul(size.height) > MOST_PIXELS || size.width == 0 || size.height == 0 {
        return Err(format!("it has {} × {} pixels", size.width, size.height));
    }
    Ok(PictureFile {
        bytes,
        kind,
        size: u32::try_from(size.width).ok().zip(u32::try_from(size.height).ok()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ImageFile;

    fn image(widths: &[u32]) -> ImageObject {
        let file = |width: &u32| ImageFile {
            url: width.to_string(),
            width: *width,
            height: *width,
        };
        ImageObject {
            url: "own".to_owned(),
            sizes: widths.iter().map(file).collect(),
            ..ImageObject::default()
        }
    }

    #[test]
    fn the_smallest_file_that_is_wide_enough_is_taken() {
        assert_eq!(right_size(&image(&[300, 1_500, 4_000])), "1500");
        assert_eq!(right_size(&image(&[300, 800])), "800");
        assert_eq!(right_size(&image(&[])), "own");
        let own = ImageObject {
            width: Some(1_400),
            ..image(&[300, 4_000])
        };
        assert_eq!(right_size(&own), "own");
    }

    #[test]
    fn a_file_that_is_no_picture_is_refused_whatever_its_name_is() {
        for bytes in [
            &b"<!doctype html><p>no"[..],
            b"\x89PNG\r\n",
            b"",
            b"\xff\xd8\xff\xe0",
            b"\xfe\xff",
        ] {
            assert!(understand(bytes.to_vec()).is_err(), "{bytes:?}");
        }
    }
}
