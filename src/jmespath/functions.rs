//! The functions of expressions, as <https://jmespath.org/specification.html#built-in-functions> has them.

use std::cmp::Ordering;

use super::evaluate::{array, evaluate, truth};
use super::parse::Part;
use crate::json::value::{Number, null};
use crate::json::{Rcvar, Variable, met};

/// A function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Function {
    Abs,
    Avg,
    Ceil,
    Contains,
    EndsWith,
    Floor,
    Join,
    Keys,
    Length,
    Map,
    Max,
    MaxBy,
    Merge,
    Min,
    MinBy,
    NotNull,
    Reverse,
    Sort,
    SortBy,
    StartsWith,
    Sum,
    ToArray,
    ToNumber,
    ToString,
    Type,
    Values,
}

/// The name of each function, and a letter for each of its arguments (see [`kind`]). After `+`, the last one may stand any
/// number of times.
const FUNCTIONS: [(Function, &str, &str); 26] = [
    (Function::Abs, "abs", "n"),
    (Function::Avg, "avg", "N"),
    (Function::Ceil, "ceil", "n"),
    (Function::Contains, "contains", "c*"),
    (Function::EndsWith, "ends_with", "ss"),
    (Function::Floor, "floor", "n"),
    (Function::Join, "join", "sS"),
    (Function::Keys, "keys", "o"),
    (Function::Length, "length", "l"),
    (Function::Map, "map", "&a"),
    (Function::Max, "max", "O"),
    (Function::MaxBy, "max_by", "a&"),
    (Function::Merge, "merge", "o+"),
    (Function::Min, "min", "O"),
    (Function::MinBy, "min_by", "a&"),
    (Function::NotNull, "not_null", "*+"),
    (Function::Reverse, "reverse", "c"),
    (Function::Sort, "sort", "O"),
    (Function::SortBy, "sort_by", "a&"),
    (Function::StartsWith, "starts_with", "ss"),
    (Function::Sum, "sum", "N"),
    (Function::ToArray, "to_array", "*"),
    (Function::ToNumber, "to_number", "*"),
    (Function::ToString, "to_string", "*"),
    (Function::Type, "type", "*"),
    (Function::Values, "values", "o"),
];

/// What a letter stands for: in words, and whether a value is of this kind.
fn kind(letter: u8, value: &Variable) -> (&'static str, bool) {
    let all = |holds: fn(&Variable) -> bool| {
        value
            .as_array()
            .is_some_and(|items| items.iter().all(|item| holds(item)))
    };
    match letter {
        b'n' => ("a number", value.is_number()),
        b's' => ("text", value.is_string()),
        b'o' => ("an object", value.is_object()),
        b'a' => ("an array", value.is_array()),
        b'N' => ("an array of numbers", all(Variable::is_number)),
        b'S' => ("an array of texts", all(Variable::is_string)),
        b'O' => (
            "an array of numbers or of texts",
            all(Variable::is_number) || all(Variable::is_string),
        ),
        b'c' => ("text or an array", value.is_string() || value.is_array()),
        b'l' => (
            "text, an array or an object",
            value.is_string() || value.is_array() || value.is_object(),
        ),
        _ => ("", true),
    }
}

impl Function {
    /// The function with this name.
    pub fn named(name: &str) -> Option<Self> {
        FUNCTIONS
            .iter()
            .find(|(_, known, _)| *known == name)
            .map(|(function, ..)| *function)
    }

    fn name_and_kinds(self) -> (&'static str, &'static str) {
        let (_, name, kinds) = FUNCTIONS[self as usize];
        (name, kinds)
    }

    /// What is wrong with the number of arguments, or with an expression (`&…`) among them.
    pub fn refuses(self, arguments: &[Part]) -> Option<String> {
        let (name, kinds) = self.name_and_kinds();
        let least = kinds.trim_end_matches('+').len();
        let fits = arguments.len() == least || kinds.ends_with('+') && arguments.len() > least;
        if !fits {
            let or_more = if kinds.ends_with('+') { " or more" } else { "" };
            let met = arguments.len();
            return Some(format!("`{name}` takes {least}{or_more} arguments, found {met}"));
        }
        let is_expression = |part: &Part| matches!(part, Part::Expression(_));
        for (index, argument) in arguments.iter().enumerate() {
            let wants = kinds.as_bytes().get(index) == Some(&b'&');
            if wants != is_expression(argument) {
                let (number, what) = (
                    index + 1,
                    if wants {
                        "an expression that begins with `&`"
                    } else {
                        "no `&`"
                    },
                );
                return Some(format!("argument {number} of `{name}` has to be {what}"));
            }
        }
        None
    }

    /// The value of the function on `data`.
    pub fn call(self, arguments: &[Part], data: &Rcvar) -> Result<Rcvar, String> {
        let (name, kinds) = self.name_and_kinds();
        let letters = kinds.as_bytes();
        let mut values = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            let value = evaluate(argument, data)?;
            // A function with `+` has one kind of arguments.
            let letter = letters
                .get(index)
                .filter(|letter| **letter != b'+')
                .unwrap_or(&letters[0]);
            if *letter != b'&' {
                let (expected, is_right) = kind(*letter, &value);
                if !is_right {
                    let (number, met) = (index + 1, met(&value));
                    return Err(format!(
                        "argument {number} of `{name}` has to be {expected}, found {met}"
                    ));
                }
            }
            values.push(value);
        }
        self.of(&values, arguments)
    }

    /// The value of the function, whose arguments have been evaluated and checked.
    fn of(self, values: &[Rcvar], arguments: &[Part]) -> Result<Rcvar, String> {
        let first = &values[0];
        let text = |index: usize| values[index].as_string().map_or("", String::as_str);
        let items = first.as_array().map_or(&[][..], Vec::as_slice);
        let numbers = || items.iter().filter_map(|item| item.as_number());
        let computed =
            |value: f64| Number::from_f64(value).map_or_else(null, |number| Rcvar::new(Variable::Number(number)));
        let number = || first.as_number().unwrap_or_default();
        Ok(match self {
            Function::Abs => match &**first {
                Variable::Number(Number::Float(value)) => computed(value.abs()),
                Variable::Number(value) if value.value() < 0.0 => computed(-value.value()),
                _ => Rcvar::clone(first),
            },
            Function::Ceil => computed(number().ceil()),
            Function::Floor => computed(number().floor()),
            Function::Sum => computed(numbers().sum()),
            Function::Avg => computed(numbers().sum::<f64>() / items.len() as f64),
            Function::Contains => truth(match &**first {
                Variable::String(text) => values[1].as_string().is_some_and(|part| text.contains(part)),
                _ => items.contains(&values[1]),
            }),
            Function::StartsWith => truth(text(0).starts_with(text(1))),
            Function::EndsWith => truth(text(0).ends_with(text(1))),
            Function::Join => {
                let texts = values[1].as_array().into_iter().flatten();
                let texts: Vec<&str> = texts.filter_map(|text| text.as_string().map(String::as_str)).collect();
                string(texts.join(text(0)))
            }
            Function::Keys => {
                let names = first.as_object().into_iter().flat_map(|members| members.keys());
                array(names.map(|name| string(name.clone())).collect())
            }
            Function::Values => {
                let members = first.as_object().into_iter().flat_map(|members| members.values());
                array(members.cloned().collect())
            }
            Function::Length => {
                let length = match &**first {
                    Variable::String(text) => text.chars().count(),
                    Variable::Object(members) => members.len(),
                    _ => items.len(),
                };
                computed(length as f64)
            }
            Function::Merge => {
                let objects = values.iter().filter_map(|value| value.as_object());
                let members: Vec<(String, Rcvar)> = objects.flatten().cloned().collect();
                Rcvar::new(Variable::Object(members.into()))
            }
            Function::NotNull => values
                .iter()
                .find(|value| !value.is_null())
                .cloned()
                .unwrap_or_else(null),
            Function::Reverse => match &**first {
                Variable::String(text) => string(text.chars().rev().collect()),
                _ => array(items.iter().rev().cloned().collect()),
            },
            Function::ToArray if first.is_array() => Rcvar::clone(first),
            Function::ToArray => array(Vec::from([Rcvar::clone(first)])),
            Function::ToNumber => match &**first {
                Variable::Number(_) => Rcvar::clone(first),
                Variable::String(text) => {
                    Number::parse(text).map_or_else(null, |number| Rcvar::new(Variable::Number(number)))
                }
                _ => null(),
            },
            Function::ToString if first.is_string() => Rcvar::clone(first),
            Function::ToString => string(first.to_string()),
            Function::Type => string(first.get_type().to_owned()),
            Function::Map => {
                let items = values[1].as_array().map_or(&[][..], Vec::as_slice);
                let mut found = Vec::with_capacity(items.len());
                for item in items {
                    found.push(evaluate(inner(&arguments[0]), item)?);
                }
                array(found)
            }
            Function::Max | Function::Min | Function::Sort => self.chosen(
                items
                    .iter()
                    .map(|item| (Rcvar::clone(item), Rcvar::clone(item)))
                    .collect(),
            ),
            Function::MaxBy | Function::MinBy | Function::SortBy => {
                let mut keyed = Vec::with_capacity(items.len());
                for item in items {
                    keyed.push((evaluate(inner(&arguments[1]), item)?, Rcvar::clone(item)));
                }
                let keys = array(keyed.iter().map(|(key, _)| Rcvar::clone(key)).collect());
                let (expected, is_right) = kind(b'O', &keys);
                if !is_right {
                    let (name, _) = self.name_and_kinds();
                    let met: Vec<String> = keyed.iter().take(3).map(|(key, _)| met(key)).collect();
                    let met = met.join(", ");
                    return Err(format!(
                        "the expression of `{name}` has to find {expected}, found {met}"
                    ));
                }
                self.chosen(keyed)
            }
        })
    }

    /// The values in the order of their keys, or the first or last of them; null if there is none. The keys are all numbers
    /// or all texts.
    fn chosen(self, mut keyed: Vec<(Rcvar, Rcvar)>) -> Rcvar {
        // It is stable, and of several greatest ones the first counts.
        keyed.sort_by(|(key, _), (other, _)| order(key, other));
        let found = match self {
            Function::Sort | Function::SortBy => {
                return array(keyed.into_iter().map(|(_, value)| value).collect());
            }
            Function::Max | Function::MaxBy => {
                let greatest = keyed.last().map(|(key, _)| Rcvar::clone(key));
                let is_greatest = |key: &Rcvar| greatest.as_ref().is_some_and(|greatest| order(key, greatest).is_eq());
                keyed.into_iter().find(|(key, _)| is_greatest(key))
            }
            _ => keyed.into_iter().next(),
        };
        found.map_or_else(null, |(_, value)| value)
    }
}

fn string(text: String) -> Rcvar {
    Rcvar::new(Variable::String(text))
}

/// The expression of an argument with `&`.
fn inner(argument: &Part) -> &Part {
    match argument {
        Part::Expression(inner) => inner,
        other => other,
    }
}

/// The order of two numbers or two texts.
fn order(first: &Variable, second: &Variable) -> Ordering {
    match (first, second) {
        (Variable::String(first), Variable::String(second)) => first.cmp(second),
        _ => first
            .as_number()
            .partial_cmp(&second.as_number())
            .unwrap_or(Ordering::Equal),
    }
}
