//! Tables, as GitHub writes them.

use super::Writer;

impl Writer<'_> {
    /// Writes the table that begins with the first line, and returns how many lines it has.
    pub(super) fn table(&self, lines: &[&str], html: &mut String) -> usize {
        let rows = lines
            .iter()
            .take_while(|line| line.contains('|') && !line.trim().is_empty());
        let mut length = 0;
        html.push_str("<table><thead>");
        for (number, row) in rows.enumerate() {
            length += 1;
            if number == 1 {
                html.push_str("</thead><tbody>");
                continue;
            }
            let name = if number == 0 { "th" } else { "td" };
            html.push_str("<tr>");
            cells(row).for_each(|cell| self.element(name, &cell, html));
            html.push_str("</tr>");
        }
        html.push_str("</tbody></table>");
        length
    }
}

/// Whether the lines begin with a table: a row of cells, and below it a row of dashes.
pub fn is_table(lines: &[&str]) -> bool {
    let [head, dashes, ..] = lines else { return false };
    let is_dashes = dashes.contains('-') && dashes.bytes().all(|byte| b" |:-".contains(&byte));
    head.contains('|') && dashes.contains('|') && is_dashes && cells(head).count() == cells(dashes).count()
}

/// The cells of a row. `\|` is a bar within a cell.
fn cells(row: &str) -> impl Iterator<Item = String> {
    let row = row.trim().trim_start_matches('|');
    let row = row.strip_suffix('|').unwrap_or(row).replace("\\|", "\u{0}");
    let cells: Vec<String> = row.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect();
    cells.into_iter()
}
