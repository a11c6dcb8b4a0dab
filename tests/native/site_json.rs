//! Errors in `site.json` tell the publisher where and what.

use gisa::model::Period;
use gisa::site::{BoxKind, Locale, Site, SiteError};

const GOOD: &str = r#"{
  "name": "Harbour Post",
  "backend": { "preset": "native", "url": "data/" },
  "sections": [
    { "slug": "politics", "name": "Politics" },
    { "slug": "culture", "name": "Culture", "front": false }
  ],
  "sidebar": [
    { "box": "mostViewed", "limit": 7, "period": "week" },
    { "box": "banners", "banners": [
      { "image": "a.svg", "alt": "Festival", "width": 600, "height": 200 }
    ] }
  ]
}"#;

/// The error that a change to the good file leads to.
fn error(from: &str, to: &str) -> SiteError {
    assert!(GOOD.contains(from), "{from}");
    Site::parse(&GOOD.replacen(from, to, 1)).expect_err(to)
}

/// That the error has a place and names the field, and that its text says both.
fn assert_names(error: &SiteError, field: &str) {
    let text = error.to_string();
    let (line, _) = error.place.unwrap_or_else(|| panic!("no place: {text}"));
    assert!(
        error.field.contains(field),
        "`{}` does not name {field}: {text}",
        error.field
    );
    assert!(
        text.contains(field) && text.contains(&error.problem) && text.contains(&line.to_string()),
        "{text}"
    );
    assert!(!error.problem.is_empty());
}

#[test]
fn what_is_left_out_has_a_default() {
    let site =
        Site::parse(r#"{"name": "Harbour Post", "backend": {"preset": "native", "url": "data/"}}"#).expect("enough");
    assert_eq!(
        (site.locale, site.time_zone.as_str(), site.backend.timeout),
        (Locale::Ko, "UTC", 10)
    );
    assert!(site.sections.is_empty() && site.sidebar.is_empty() && site.url.is_none());
    assert_eq!(
        (site.tools.mail, site.tools.edit, site.tools.recommend),
        (None, None, None)
    );
}

#[test]
fn what_is_there_is_read() {
    let site = Site::parse(GOOD).expect("a good file");
    assert_eq!(
        site.sections.iter().map(|section| section.front).collect::<Vec<_>>(),
        [true, false]
    );
    assert_eq!(site.section_name("culture"), Some("Culture"));
    assert_eq!(site.section_name("sport"), None);
    assert_eq!(site.sidebar[0].kind, BoxKind::MostViewed);
    assert_eq!(
        (site.sidebar[0].limit, site.sidebar[0].period),
        (Some(7), Some(Period::Week))
    );
    assert_eq!(site.sidebar[1].banners[0].width, 600);
}

#[test]
fn the_demos_settings_are_good() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public/site.json");
    let site = Site::parse(&std::fs::read_to_string(path).expect("the file")).expect("a good file");
    assert_eq!(
        (site.name.as_str(), site.locale, site.time_zone.as_str()),
        ("해솔신문", Locale::Ko, "Asia/Seoul")
    );
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(Site::parse(&format!("\u{feff}{GOOD}")), Site::parse(GOOD));
    assert!(Site::parse(&format!("\u{feff}{GOOD}")).is_ok());
}

#[test]
fn windows_line_ends_do_no_harm() {
    assert_eq!(Site::parse(&GOOD.replace('\n', "\r\n")), Site::parse(GOOD));
}

#[test]
fn a_missing_field_is_named_with_its_place() {
    let error = error(r#""slug": "culture", "#, "");
    assert_names(&error, "sections[1]");
    assert!(error.to_string().contains("slug"), "{error}");
    assert_eq!(error.place.map(|(line, _)| line), Some(6));
}

#[test]
fn a_missing_member_of_the_whole_is_named() {
    for (from, name) in [
        (r#""name": "Harbour Post","#, "name"),
        (r#""preset": "native", "#, "preset"),
    ] {
        let error = error(from, "");
        assert!(error.place.is_some() && error.to_string().contains(name), "{error}");
    }
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_its_place() {
    let error_at = error(r#""slug": "culture""#, r#""slug": 7"#);
    assert_names(&error_at, "sections[1].slug");
    assert_eq!(error_at.place.map(|(line, _)| line), Some(6));
    assert_names(&error(r#""limit": 7"#, r#""limit": "seven""#), "sidebar[0].limit");
    assert_names(
        &error(r#""width": 600"#, r#""width": -600"#),
        "sidebar[1].banners[0].width",
    );
    let null = error(r#""name": "Harbour Post""#, r#""name": null"#);
    assert!(null.place.is_some() && null.to_string().contains("name"), "{null}");
    assert_names(&error(r#""front": false"#, r#""front": "no""#), "sections[1].front");
}

#[test]
fn a_list_where_an_object_belongs_is_named() {
    let error = error(r#"{ "preset": "native", "url": "data/" }"#, "[]");
    assert_names(&error, "backend");
}

#[test]
fn a_word_outside_a_choice_is_named_with_the_choices() {
    let error = error(r#""period": "week""#, r#""period": "year""#);
    assert_names(&error, "sidebar[0].period");
    assert!(error.problem.contains("year"), "{error}");
    for choice in ["day", "week", "month"] {
        assert!(error.problem.contains(choice), "{error}");
    }
}

#[test]
fn an_unknown_field_is_named_with_its_place() {
    let error = error(r#""front": false"#, r#""frnot": false"#);
    assert!(error.place.is_some_and(|(line, _)| line == 6), "{error}");
    assert!(
        error.to_string().contains("frnot") && error.to_string().contains("sections[1]"),
        "{error}"
    );
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    let missing_comma = error(r#""Harbour Post","#, r#""Harbour Post""#);
    assert_eq!(missing_comma.place.map(|(line, _)| line), Some(3), "{missing_comma}");
    for text in [
        "",
        "   ",
        "name: Harbour Post",
        "<!doctype html><title>x</title>",
        "{\"name\": 'x'}",
        "{} {}",
        "null",
    ] {
        let error = Site::parse(text).expect_err(text);
        assert!(error.place.is_some() && !error.problem.is_empty(), "{text}: {error}");
    }
}

#[test]
fn a_trailing_comma_is_refused_with_its_place() {
    let error = error(r#""front": false }"#, r#""front": false, }"#);
    assert_eq!(error.place.map(|(line, _)| line), Some(6), "{error}");
}

#[test]
fn a_file_that_ends_early_is_refused_wherever_it_ends() {
    for (end, _) in GOOD.char_indices() {
        let error = Site::parse(&GOOD[..end]).expect_err("not whole");
        let (line, _) = error.place.unwrap_or_else(|| panic!("no place at {end}: {error}"));
        let last = GOOD[..end].lines().count().max(1);
        assert!((1..=last + 1).contains(&line), "line {line} of {last}: {error}");
    }
}

#[test]
fn places_count_from_one() {
    let error = Site::parse("x").expect_err("not JSON");
    assert_eq!(error.place, Some((1, 1)));
}

#[test]
fn text_of_other_scripts_before_the_error_does_not_confuse_the_place() {
    let error = Site::parse("{\"name\": \"해솔신문 📰\",\n \"backend\": 7}").expect_err("a wrong type");
    assert_names(&error, "backend");
    assert_eq!(error.place.map(|(line, _)| line), Some(2));
}

#[test]
fn quotes_and_brackets_in_text_do_not_confuse_the_field() {
    let error = error(r#""name": "Politics""#, r#""name": "[\"{]},: \\", "front": 3"#);
    assert_names(&error, "sections[0].front");
}

#[test]
fn hosts_whose_frames_may_be_shown_are_names_and_nothing_more() {
    let hosts = |list: &str| {
        let text = GOOD.replacen("\"sections\"", &format!("\"embeds\": {list}, \"sections\""), 1);
        Site::parse(&text).map(|site| site.embeds)
    };
    assert_eq!(hosts("[]"), Ok(Vec::new()));
    assert_eq!(hosts(r#"["Maps.Example"]"#), Ok(vec!["maps.example".to_owned()]));
    for wrong in [
        r#"["https://maps.example"]"#,
        r#"["maps.example/a"]"#,
        r#"["maps.example:8080"]"#,
        r#"["*.example"]"#,
        r#"["a@maps.example"]"#,
        r#"[""]"#,
        "[7]",
        r#""maps.example""#,
    ] {
        assert_names(&hosts(wrong).expect_err(wrong), "embeds");
    }
}
