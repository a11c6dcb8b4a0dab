//! The EPUB 3: a cover of text, the contents, and a chapter for each article.

use std::io::{Cursor, Write};

use sha2::{Digest, Sha256};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::pictures::{PictureFile, PictureKind};
use super::sheet::{Target, anchor, chapter, imprint_lines, markup, paragraph};
use super::{Issue, style};
use crate::edition::EditionError;
use crate::edition::metadata::{Xml, escape_xml};

/// What the book offers to those who do not see, or do not see well.
const FEATURES: [&str; 5] = [
    "alternativeText",
    "displayTransformability",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
];

/// Writes the EPUB. Returns also the pictures that it can't contain.
pub fn write(issue: &Issue) -> Result<(Vec<u8>, Vec<String>), EditionError> {
    let chapters: Vec<String> = (0..issue.count())
        .map(|number| chapter_document(issue, number))
        .collect();
    let files = || issue.pictures.files().iter().enumerate();
    let used = |number: usize, file: &PictureFile| {
        let address = format!("src=\"{}\"", picture_name(number, file));
        chapters.iter().any(|chapter| chapter.contains(&address))
    };
    let pictures: Vec<(usize, &PictureFile)> = files().filter(|(number, file)| used(*number, file)).collect();
    let left_out = files().filter(|(_, file)| !is_of_books(file)).count();
    let problems = (left_out > 0)
        .then(|| format!("the EPUB does not have {left_out} pictures in AVIF, which is no format of EPUB"));
    let mut book = BookWriter::new();
    // The first file says what it is, uncompressed, at a place that programs look at.
    book.add("mimetype", b"application/epub+zip", CompressionMethod::Stored)?;
    book.text("META-INF/container.xml", &container())?;
    book.text("EPUB/package.opf", &package(issue, &chapters, &pictures))?;
    book.text("EPUB/cover.xhtml", &cover(issue))?;
    book.text("EPUB/nav.xhtml", &navigation(issue))?;
    book.text("EPUB/style.css", style::OF_BOOK)?;
    for (number, text) in chapters.iter().enumerate() {
        book.text(&format!("EPUB/{}", chapter(number)), text)?;
    }
    for (number, file) in pictures {
        let name = format!("EPUB/{}", picture_name(number, file));
        // All other formats are compressed already.
        let method = match file.kind {
            PictureKind::Svg => CompressionMethod::Deflated,
            _ => CompressionMethod::Stored,
        };
        book.add(&name, &file.bytes, method)?;
    }
    Ok((book.finish()?, problems.into_iter().collect()))
}

fn is_of_books(file: &PictureFile) -> bool {
    file.kind != PictureKind::Avif
}

fn picture_name(number: usize, file: &PictureFile) -> String {
    format!("pictures/p{}.{}", number + 1, file.kind.extension())
}

/// Writes the files of a book. None has the time at which it was written.
struct BookWriter(ZipWriter<Cursor<Vec<u8>>>);

impl BookWriter {
    fn new() -> Self {
        BookWriter(ZipWriter::new(Cursor::new(Vec::new())))
    }

    fn text(&mut self, name: &str, text: &str) -> Result<(), EditionError> {
        self.add(name, text.as_bytes(), CompressionMethod::Deflated)
    }

    fn add(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<(), EditionError> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default());
        self.0.start_file(name, options).map_err(unwritable)?;
        self.0.write_all(bytes).map_err(|error| unwritable(error.into()))
    }

    fn finish(self) -> Result<Vec<u8>, EditionError> {
        Ok(self.0.finish().map_err(unwritable)?.into_inner())
    }
}

fn unwritable(error: ZipError) -> EditionError {
    EditionError::Unusable {
        problem: format!("the EPUB can't be written: {error}"),
    }
}

fn container() -> String {
    let mut xml = Xml::new(
        "container",
        &[
            ("version", "1.0"),
            ("xmlns", "urn:oasis:names:tc:opendocument:xmlns:container"),
        ],
    );
    xml.open("rootfiles", &[]);
    xml.empty(
        "rootfile",
        &[
            ("full-path", "EPUB/package.opf"),
            ("media-type", "application/oebps-package+xml"),
        ],
    );
    xml.finish()
}

fn package(issue: &Issue, chapters: &[String], pictures: &[(usize, &PictureFile)]) -> String {
    let site = &issue.newspaper.site;
    let language = site.locale.as_str();
    let mut xml = Xml::new(
        "package",
        &[
            ("xmlns", "http://www.idpf.org/2007/opf"),
            ("version", "3.0"),
            ("unique-identifier", "id"),
            ("xml:lang", language),
        ],
    );
    xml.open("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")]);
    xml.leaf("dc:identifier", &[("id", "id")], &identifier(issue));
    xml.leaf("dc:title", &[], &issue.document_title());
    xml.leaf("dc:language", &[], language);
    for author in issue.authors() {
        xml.leaf("dc:creator", &[], author);
    }
    if !issue.is_single() {
        for reporter in issue.reporters() {
            xml.leaf("dc:contributor", &[], reporter);
        }
    }
    xml.leaf("dc:publisher", &[], &site.name);
    let modified = issue.modified.civil(0).iso();
    xml.leaf("dc:date", &[], &modified);
    xml.leaf_if("dc:description", Some(&site.description));
    xml.leaf_if("dc:rights", Some(&site.footer.copyright));
    xml.leaf_if("dc:source", site.url.as_deref());
    xml.leaf("meta", &[("property", "dcterms:modified")], &modified);
    let has_pictures = !pictures.is_empty();
    let modes: &[&str] = if has_pictures {
        &["textual", "visual"]
    } else {
        &["textual"]
    };
    for mode in modes {
        xml.leaf("meta", &[("property", "schema:accessMode")], mode);
    }
    xml.leaf("meta", &[("property", "schema:accessModeSufficient")], "textual");
    for feature in FEATURES {
        xml.leaf("meta", &[("property", "schema:accessibilityFeature")], feature);
    }
    xml.leaf("meta", &[("property", "schema:accessibilityHazard")], "none");
    xml.close();
    xml.open("manifest", &[]);
    let page = "application/xhtml+xml";
    let item = |xml: &mut Xml, id: &str, href: &str, media: &str, properties: Option<&str>| {
        let mut attributes = Vec::from([("id", id), ("href", href), ("media-type", media)]);
        attributes.extend(properties.map(|properties| ("properties", properties)));
        xml.empty("item", &attributes);
    };
    item(&mut xml, "cover", "cover.xhtml", page, None);
    item(&mut xml, "nav", "nav.xhtml", page, Some("nav"));
    item(&mut xml, "style", "style.css", "text/css", None);
    for (number, text) in chapters.iter().enumerate() {
        let properties = text.contains("<svg ").then_some("svg");
        item(&mut xml, &anchor(number), &chapter(number), page, properties);
    }
    for (number, file) in pictures {
        let id = format!("p{}", number + 1);
        item(
            &mut xml,
            &id,
            &picture_name(*number, file),
            file.kind.media_type(),
            None,
        );
    }
    xml.close();
    xml.open("spine", &[]);
    xml.empty("itemref", &[("idref", "cover")]);
    xml.empty("itemref", &[("idref", "nav")]);
    for number in 0..chapters.len() {
        xml.empty("itemref", &[("idref", &anchor(number))]);
    }
    xml.finish()
}

/// A number that is the same for the same articles of the same newspaper, and different for all others (a UUID of version 8).
fn identifier(issue: &Issue) -> String {
    let mut hash = Sha256::new();
    let ids = issue.articles.iter().map(|entry| &*entry.article.id);
    for part in [issue.newspaper.folder(), &issue.document_title()]
        .into_iter()
        .chain(ids)
    {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    if let Some(url) = &issue.newspaper.site.url {
        hash.update(url);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("urn:uuid:{}", parts.join("-"))
}

/// A page of the book.
fn page(issue: &Issue, title: &str, kind: &str, body: &str) -> String {
    let language = issue.newspaper.site.locale.as_str();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{language}\" \
         xml:lang=\"{language}\">\n<head>\n<title>{}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n\
         <body epub:type=\"{kind}\">\n{body}\n</body>\n</html>\n",
        escape_xml(title)
    )
}

fn chapter_document(issue: &Issue, number: usize) -> String {
    let name = |number: usize, file: &PictureFile| is_of_books(file).then(|| picture_name(number, file));
    let body = markup(issue, number, Target::Book, &name);
    let headline = issue.newspaper.headline(&issue.articles[number].article);
    page(issue, &headline, "bodymatter", &body)
}

fn cover(issue: &Issue) -> String {
    let site = &issue.newspaper.site;
    let lines = imprint_lines(site.footer.lines.iter().chain(Some(&site.footer.copyright)));
    let body = format!(
        "<section class=\"cover\" epub:type=\"cover\">\n<h1 class=\"issue-name\">{}</h1>\n{}{}{lines}</section>",
        escape_xml(&site.name),
        paragraph("issue-description", &site.description),
        paragraph("issue-title", &issue.title),
    );
    page(issue, &issue.document_title(), "frontmatter", &body)
}

fn navigation(issue: &Issue) -> String {
    let words = issue.newspaper.words;
    let entry = |number: &usize| {
        let entry = &issue.articles[*number];
        let headline = escape_xml(&issue.newspaper.headline(&entry.article));
        format!("<li><a href=\"{}\">{headline}</a></li>\n", chapter(*number))
    };
    let parts = issue.parts();
    let list: String = parts
        .iter()
        .map(|(name, numbers)| {
            let entries: String = numbers.iter().map(entry).collect();
            match name.filter(|_| parts.len() > 1) {
                Some(name) => format!("<li><span>{}</span>\n<ol>\n{entries}</ol></li>\n", escape_xml(name)),
                None => entries,
            }
        })
        .collect();
    let contents = words.contents;
    let body = format!(
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"contents\">\n<h1 id=\"contents\">{contents}</h1>\n<ol>\n{list}</ol>\n</nav>"
    );
    page(issue, contents, "frontmatter", &body)
}
