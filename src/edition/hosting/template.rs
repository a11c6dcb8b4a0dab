//! Fills in templates of configurations, which can be read like the result.

/// A template's text with its placeholders replaced. A placeholder is given as it is written in the template, such as
/// `{{base}}`. Values are not searched for placeholders.
///
/// A placeholder alone on its line takes any number of lines, and gives each of them its own indentation. If its value
/// is empty, the line is left out.
pub fn fill(template: &str, places: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    for line in template.split_inclusive('\n') {
        let content = line.trim();
        match places.iter().find(|(place, _)| *place == content) {
            Some((_, value)) => {
                let indentation = &line[..line.len() - line.trim_start().len()];
                for line in value.lines() {
                    if !line.is_empty() {
                        text.push_str(indentation);
                        text.push_str(line);
                    }
                    text.push('\n');
                }
            }
            None => fill_line(line, places, &mut text),
        }
    }
    text
}

fn fill_line(line: &str, places: &[(&str, &str)], text: &mut String) {
    let mut rest = line;
    let next = |rest: &str| {
        let found = places
            .iter()
            .filter_map(|(place, value)| Some((rest.find(place)?, place.len(), *value)));
        found.min_by_key(|(start, _, _)| *start)
    };
    while let Some((start, length, value)) = next(rest) {
        text.push_str(&rest[..start]);
        text.push_str(value);
        rest = &rest[start + length..];
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mention_of_a_place_is_filled_in() {
        let places = [("{{a}}", "1"), ("\"{b}\"", "[2]")];
        assert_eq!(fill("{ {{a}} \"{b}\" {{a}} }\n{{c}}", &places), "{ 1 [2] 1 }\n{{c}}");
    }

    #[test]
    fn a_value_is_not_searched_for_places() {
        assert_eq!(
            fill("{{a}}{{b}}", &[("{{a}}", "{{b}}"), ("{{b}}", "{{a}}")]),
            "{{b}}{{a}}"
        );
    }

    #[test]
    fn a_place_alone_on_its_line_takes_lines_and_indents_them() {
        let template = "map {\n    {{lines}}\n}\n";
        assert_eq!(
            fill(template, &[("{{lines}}", "a;\n\nb;\n")]),
            "map {\n    a;\n\n    b;\n}\n"
        );
        assert_eq!(fill(template, &[("{{lines}}", "")]), "map {\n}\n");
    }
}
