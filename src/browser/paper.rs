//! Printing. The script of the document waits for the pictures and opens the browser's print dialog (`src/boot.js`), because
//! it works before the program is there, too.

use leptos::prelude::*;

use super::boot;

/// Whether articles look as on paper. The style sheet for paper has the media for it: all, or only print.
pub fn show(on_paper: bool) {
    if let Some(sheet) = document().get_element_by_id("paper") {
        // It fails only for an invalid attribute name.
        let _ = sheet.set_attribute("media", if on_paper { "all" } else { "print" });
    }
}

/// Loads the page's images and opens the print dialog.
pub fn print() {
    boot::call("gisaPrint", true);
}

/// Whether the page shows an article.
pub fn has_article() -> bool {
    matches!(document().query_selector(".article-sheet"), Ok(Some(_)))
}
