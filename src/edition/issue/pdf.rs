//! The PDF. Chromium can't count pages for the contents, so the document is printed twice: the page numbers of the first PDF
//! are written into the document for the second one.

use std::collections::HashMap;
use std::fmt::Display;

use lopdf::{Document, Object, ObjectId, StringFormat};

use super::engine::{Engine, EngineKind};
use super::sheet::anchor;
use super::{Issue, document};
use crate::edition::EditionError;
use crate::edition::fingerprint::Fingerprint;
use crate::model::CivilTime;

/// The page numbers stand after at most so many tries: they have the same place whatever they are.
const MOST_TRIES: usize = 3;
/// Deeper than this, the tree of a PDF's names is not followed.
const MOST_DEPTH: usize = 16;

/// Makes the PDF.
pub fn make(issue: &Issue, engine: &Engine) -> Result<Vec<u8>, EditionError> {
    let folder = tempfile::tempdir().map_err(EditionError::write(&std::env::temp_dir()))?;
    let html = document::write(issue, &[]);
    let identifier = format!("{:016x}", Fingerprint::of_texts([&*html]).0);
    let print = |html: &str| engine.run(folder.path(), html, &identifier, issue.modified.unix);
    let mut pdf = print(&html)?;
    if engine.kind == EngineKind::WeasyPrint {
        return Ok(pdf);
    }
    if !issue.is_single() {
        let mut pages = Vec::new();
        for _ in 0..MOST_TRIES {
            let found = page_numbers(&read(&pdf)?, issue.count())?;
            if found == pages {
                break;
            }
            pages = found;
            pdf = print(&document::write(issue, &pages))?;
        }
    }
    finish(issue, &pdf, &identifier)
}

fn read(pdf: &[u8]) -> Result<Document, EditionError> {
    Document::load_mem(pdf).map_err(unreadable)
}

fn unreadable(error: impl Display) -> EditionError {
    EditionError::Engine {
        problem: format!("the PDF of Chromium can't be read: {error}"),
    }
}

/// The page numbers of the articles, from 1, by the places that the contents link to.
fn page_numbers(pdf: &Document, count: usize) -> Result<Vec<u32>, EditionError> {
    let numbers: HashMap<ObjectId, u32> = pdf.get_pages().into_iter().map(|(number, id)| (id, number)).collect();
    let mut places = HashMap::new();
    let catalog = pdf.catalog().map_err(unreadable)?;
    if let Ok(dests) = catalog.get_deref(b"Dests", pdf).and_then(Object::as_dict) {
        for (name, place) in dests.iter() {
            places.insert(name.clone(), place);
        }
    }
    if let Ok(names) = catalog.get_deref(b"Names", pdf).and_then(Object::as_dict)
        && let Ok(tree) = names.get_deref(b"Dests", pdf)
    {
        collect_names(pdf, tree, 0, &mut places);
    }
    let page = |number: usize| {
        let mut place = *places.get(anchor(number).as_bytes())?;
        if let Ok(id) = place.as_reference() {
            place = pdf.get_object(id).ok()?;
        }
        if let Ok(place_of) = place.as_dict() {
            place = place_of.get_deref(b"D", pdf).ok()?;
        }
        numbers
            .get(&place.as_array().ok()?.first()?.as_reference().ok()?)
            .copied()
    };
    let pages = (0..count).map(|number| page(number).ok_or_else(|| unreadable("it does not say where articles begin")));
    pages.collect()
}

fn collect_names<'a>(pdf: &'a Document, tree: &'a Object, depth: usize, places: &mut HashMap<Vec<u8>, &'a Object>) {
    let Ok(tree) = tree.as_dict() else { return };
    if let Ok(names) = tree.get_deref(b"Names", pdf).and_then(Object::as_array) {
        for pair in names.chunks_exact(2) {
            if let Ok(name) = pair[0].as_str() {
                places.insert(name.to_vec(), &pair[1]);
            }
        }
    }
    if depth < MOST_DEPTH
        && let Ok(kids) = tree.get_deref(b"Kids", pdf).and_then(Object::as_array)
    {
        for kid in kids {
            let kid = kid.as_reference().and_then(|id| pdf.get_object(id)).unwrap_or(kid);
            collect_names(pdf, kid, depth + 1, places);
        }
    }
}

/// The same PDF with what Chromium does not know: authors, and dates that do not depend on when it was made.
fn finish(issue: &Issue, pdf: &[u8], identifier: &str) -> Result<Vec<u8>, EditionError> {
    let mut pdf = read(pdf)?;
    let date = date(issue.modified.civil(0));
    let id = Object::String(identifier.as_bytes().to_vec(), StringFormat::Hexadecimal);
    pdf.trailer.set("ID", Object::Array(Vec::from([id.clone(), id])));
    let info = pdf
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .map_err(unreadable)?;
    let info = pdf.get_dictionary_mut(info).map_err(unreadable)?;
    info.set("Title", text(&issue.document_title()));
    info.set("Author", text(&issue.authors().join(", ")));
    info.set("CreationDate", Object::string_literal(date.clone()));
    info.set("ModDate", Object::string_literal(date));
    let catalog = pdf.catalog_mut().map_err(unreadable)?;
    let mut preferences = lopdf::Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    catalog.set("ViewerPreferences", preferences);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// A text as a PDF has it: UTF-16 with a mark.
fn text(text: &str) -> Object {
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    Object::String(
        [0xfe, 0xff].into_iter().chain(units).collect(),
        StringFormat::Hexadecimal,
    )
}

/// A date as a PDF has it.
fn date(time: CivilTime) -> String {
    format!(
        "D:{:04}{:02}{:02}{:02}{:02}{:02}Z",
        time.year, time.month, time.day, time.hour, time.minute, time.second
    )
}
