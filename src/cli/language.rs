//! The language in which a command speaks.

use crate::site::Locale;

/// The language of the system, by the variables of the environment.
pub fn language_of_the_system() -> Locale {
    system_language(|name| std::env::var(name).ok())
}

/// The language of the system: the first of these variables that is set says it. It is English if that is neither Korean
/// nor English.
fn system_language(variable: impl Fn(&str) -> Option<String>) -> Locale {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable);
    let first = set.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
    match first.split(['_', '-', '.', '@']).next() {
        Some("ko") => Locale::Ko,
        _ => Locale::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_system_is_that_of_its_first_variable() {
        let language = |set: &[(&str, &str)]| {
            system_language(|name| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(language(&[("LANG", "ko_KR.UTF-8")]), Locale::Ko);
        assert_eq!(language(&[("LANG", "ko")]), Locale::Ko);
        assert_eq!(
            language(&[("LC_ALL", "en_US.UTF-8"), ("LANG", "ko_KR.UTF-8")]),
            Locale::En
        );
        assert_eq!(
            language(&[("LC_ALL", ""), ("LC_MESSAGES", "ko_KR"), ("LANG", "C")]),
            Locale::Ko
        );
        for other in ["C", "de_DE.UTF-8", "kok_IN", ""] {
            assert_eq!(language(&[("LANG", other)]), Locale::En, "{other}");
        }
        assert_eq!(language(&[]), Locale::En);
    }
}
