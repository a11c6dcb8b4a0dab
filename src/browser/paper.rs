//! Printing. The scripts of the document wait for the pictures and open the browser's print dialog (`src/boot.js`, on the print
//! page `src/sheets.js`), because they work before the program is there, too.

use super::boot;

/// Whether articles look on the screen as on paper.
pub fn show(on_screen: bool) {
    boot::call("gisaPaper", on_screen);
}

/// Shows the article of the print page on sheets (`src/sheets.js`). `opens`: when they are there, the print dialog opens.
pub fn show_sheets(opens: bool) {
    boot::call("gisaSheets", opens);
}
