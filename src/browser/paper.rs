//! Printing. The scripts of the document wait for the pictures and open the browser's print dialog (`src/boot.js`, on the print
//! page `src/sheets.js`), because they work before the program is there, too.

use leptos::prelude::*;

use super::boot;

/// Whether articles look as on paper. The style sheet for paper has the media for it: all, or only print.
pub fn show(on_paper: bool) {
    if let Some(sheet) = document().get_element_by_id("paper") {
        // It fails only for an invalid attribute name.
        let _ = sheet.set_attribute("media", if on_paper { "all" } else { "print" });
    }
}

/// Shows the article of the print page on sheets (`src/sheets.js`). `opens`: when they are there, the print dialog opens.
pub fn show_sheets(opens: bool) {
    boot::call("gisaSheets", opens);
}
