//! Which paths are possible on every file system.

/// The longest name of a file or folder on common file systems, in bytes.
const MAX_NAME_BYTES: usize = 255;
/// Names that Windows reserves for devices, also with an extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Why a path below the edition's folder is not possible on every file system; `None` if it is.
pub fn objection(path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains("//") {
        return Some("a part of its path is empty".to_owned());
    }
    for name in path.split('/').filter(|name| !name.is_empty()) {
        let stem = name.split('.').next().unwrap_or(name);
        if name.len() > MAX_NAME_BYTES {
            return Some(format!(
                "its name has {} bytes; file systems allow {MAX_NAME_BYTES}",
                name.len()
            ));
        }
        if DEVICES.contains(&stem.to_ascii_lowercase().as_str()) {
            return Some(format!("`{name}` is a name that Windows reserves for a device"));
        }
        // `encode_segment` never writes these, so a path with one of them does not come from it.
        if name == "." || name == ".." || name.contains(['\\', '\0', ':']) {
            return Some(format!("`{name}` can't be the name of a folder"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_newspaper_is_a_folder() {
        for path in [
            "",
            "articles/123/",
            "sections/~EC~84~B8/page/2/",
            "robots.txt",
            "articles/console/",
        ] {
            assert_eq!(objection(path), None, "{path}");
        }
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for path in [
            "/etc/",
            "articles//",
            "../a/",
            "articles/./",
            "a\\..\\b/",
            "c:/a/",
            "a\0/",
        ] {
            assert!(objection(path).is_some(), "{path}");
        }
    }

    #[test]
    fn names_that_some_file_system_refuses_are_named() {
        assert_eq!(
            objection("articles/NUL.1/").as_deref(),
            Some("`NUL.1` is a name that Windows reserves for a device")
        );
        let long = format!("articles/{}/", "a".repeat(256));
        assert_eq!(
            objection(&long).as_deref(),
            Some("its name has 256 bytes; file systems allow 255")
        );
    }
}
