//! What the contributors' documents name is there: whoever moves a file corrects the map in the same commit.

use crate::support;

/// The files and folders that a document names in backticks.
fn named_paths(document: &str) -> Vec<String> {
    const FOLDERS: [&str; 9] = [
        "src/", "tests/", "script/", "docs/", "style/", "public/", "deploy/", "fuzz/", "bench/",
    ];
    let path = support::package().join(document);
    let text = std::fs::read_to_string(path).expect(document);
    let spans = text.split('`').skip(1).step_by(2);
    let paths = spans.filter(|span| FOLDERS.iter().any(|folder| span.starts_with(folder)) && !span.contains(' '));
    paths.map(str::to_owned).collect()
}

#[test]
fn every_file_that_the_contributors_documents_name_is_there() {
    for document in ["CONTRIBUTING.md", "docs/glossary.md"] {
        let paths = named_paths(document);
        assert!(paths.len() > 20, "{document}: {paths:?}");
        for path in paths {
            assert!(
                support::package().join(&path).exists(),
                "{document} names {path}, which is not there: write where it is now"
            );
        }
    }
}
