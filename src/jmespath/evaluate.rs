//! Evaluates expressions on JSON values.

use super::parse::{Comparator, Part};
use crate::json::value::null;
use crate::json::{Rcvar, Variable};

/// The value that a part finds in `data`. The error says which function can't work with what it was given.
pub fn evaluate(part: &Part, data: &Rcvar) -> Result<Rcvar, String> {
    Ok(match part {
        Part::Current | Part::Expression(_) => Rcvar::clone(data),
        Part::Field(name) => data.get_field(name),
        Part::Index(index) => data
            .as_array()
            .and_then(|items| item(items, *index))
            .unwrap_or_else(null),
        Part::Slice(start, stop, step) => match data.as_array() {
            Some(items) => array(slice(items, *start, *stop, *step)),
            None => null(),
        },
        Part::Literal(value) => Rcvar::clone(value),
        Part::Then(first, second) => evaluate(second, &evaluate(first, data)?)?,
        Part::Projection(of, each) => {
            let of = evaluate(of, data)?;
            let Some(items) = of.as_array() else {
                return Ok(null());
            };
            let mut found = Vec::new();
            for item in items {
                let value = evaluate(each, item)?;
                if !value.is_null() {
                    found.push(value);
                }
            }
            array(found)
        }
        Part::Values(of) => match &*evaluate(of, data)? {
            Variable::Object(members) => array(members.values().cloned().collect()),
            _ => null(),
        },
        Part::Flatten(of) => {
            let of = evaluate(of, data)?;
            let Some(items) = of.as_array() else {
                return Ok(null());
            };
            let mut found = Vec::new();
            for item in items {
                match item.as_array() {
                    Some(inner) => found.extend(inner.iter().cloned()),
                    None => found.push(Rcvar::clone(item)),
                }
            }
            array(found)
        }
        Part::If(condition, each) => match evaluate(condition, data)?.is_truthy() {
            true => evaluate(each, data)?,
            false => null(),
        },
        Part::Or(first, second) => {
            let value = evaluate(first, data)?;
            if value.is_truthy() {
                value
            } else {
                evaluate(second, data)?
            }
        }
        Part::And(first, second) => {
            let value = evaluate(first, data)?;
            if value.is_truthy() {
                evaluate(second, data)?
            } else {
                value
            }
        }
        Part::Not(of) => truth(!evaluate(of, data)?.is_truthy()),
        Part::Comparison(comparator, first, second) => {
            let (first, second) = (evaluate(first, data)?, evaluate(second, data)?);
            compare(*comparator, &first, &second).map_or_else(null, truth)
        }
        Part::List(parts) => {
            if data.is_null() {
                return Ok(null());
            }
            let mut items = Vec::new();
            for part in parts {
                items.push(evaluate(part, data)?);
            }
            array(items)
        }
        Part::Object(parts) => {
            if data.is_null() {
                return Ok(null());
            }
            let mut members = Vec::new();
            for (name, part) in parts {
                members.push((name.clone(), evaluate(part, data)?));
            }
            Rcvar::new(Variable::Object(members.into()))
        }
        Part::Call(function, arguments) => function.call(arguments, data)?,
    })
}

/// An array of these items.
pub fn array(items: Vec<Rcvar>) -> Rcvar {
    Rcvar::new(Variable::Array(items))
}

/// True or false.
pub fn truth(flag: bool) -> Rcvar {
    Rcvar::new(Variable::Bool(flag))
}

/// Whether the comparison holds; `None` if the values have no order.
fn compare(comparator: Comparator, first: &Variable, second: &Variable) -> Option<bool> {
    if comparator == Comparator::Equal || comparator == Comparator::NotEqual {
        return Some((first == second) == (comparator == Comparator::Equal));
    }
    let (first, second) = (first.as_number()?, second.as_number()?);
    Some(match comparator {
        Comparator::Less => first < second,
        Comparator::LessOrEqual => first <= second,
        Comparator::Greater => first > second,
        _ => first >= second,
    })
}

/// An item by its index; a negative one counts from the end.
fn item(items: &[Rcvar], index: i64) -> Option<Rcvar> {
    let index = if index < 0 { index + items.len() as i64 } else { index };
    items.get(usize::try_from(index).ok()?).cloned()
}

/// The items from `start` to before `stop`; with a negative step, backwards.
fn slice(items: &[Rcvar], start: Option<i64>, stop: Option<i64>, step: i64) -> Vec<Rcvar> {
    let length = items.len() as i64;
    let (least, most) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let bound = |bound: i64| {
        let bound = if bound < 0 { bound.saturating_add(length) } else { bound };
        bound.clamp(least, most)
    };
    let (first, last) = if step < 0 { (most, least) } else { (least, most) };
    let mut index = start.map_or(first, bound);
    let stop = stop.map_or(last, bound);
    let mut found = Vec::new();
    while if step < 0 { index > stop } else { index < stop } {
        found.extend(items.get(index as usize).cloned());
        index = index.saturating_add(step);
    }
    found
}
