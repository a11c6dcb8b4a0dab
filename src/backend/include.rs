//! References within an answer: JSON:API and Contentful send what articles refer to once, beside the articles.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jmespath::{Rcvar, Variable};

use super::error::Unmapped;
use super::mapping::Include;

/// An author of an image of an article: what refers to what is followed this far, and no circle is followed for ever.
const MAX_DEPTH: usize = 4;

/// What an answer's articles refer to, by its name.
pub struct Included<'a> {
    include: &'a Include,
    resource: &'a str,
    objects: BTreeMap<String, Rcvar>,
    /// Objects with what they refer to in place, by name and depth: without them, objects that all refer to each other
    /// would take the fourth power of their number.
    resolved: RefCell<BTreeMap<String, Rcvar>>,
}

impl<'a> Included<'a> {
    pub fn new(include: &'a Include, envelope: &Rcvar, resource: &'a str) -> Result<Self, Unmapped> {
        let mut objects = BTreeMap::new();
        if let Variable::Array(found) = &*include.from.search(envelope, resource, "include.from")? {
            for object in found {
                let key = include.key.search(object, resource, "include.key")?;
                if let Some(key) = name(&key) {
                    objects.insert(key, Rcvar::clone(object));
                }
            }
        }
        Ok(Included {
            include,
            resource,
            objects,
            resolved: RefCell::default(),
        })
    }

    /// The same value with what it refers to in place of the references.
    pub fn resolve(&self, value: &Rcvar) -> Result<Rcvar, Unmapped> {
        self.within(value, 0)
    }

    fn within(&self, value: &Rcvar, depth: usize) -> Result<Rcvar, Unmapped> {
        Ok(match &**value {
            Variable::Array(items) => {
                let items = items.iter().map(|item| self.reference(item, depth));
                Rcvar::new(Variable::Array(items.collect::<Result<_, _>>()?))
            }
            Variable::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, member)| Ok((name.clone(), self.reference(member, depth)?)));
                Rcvar::new(Variable::Object(members.collect::<Result<_, Unmapped>>()?))
            }
            _ => Rcvar::clone(value),
        })
    }

    /// The object of this name, with what it refers to in place.
    fn object(&self, key: String, depth: usize) -> Result<Option<Rcvar>, Unmapped> {
        let Some(object) = self.objects.get(&key) else {
            return Ok(None);
        };
        let place = format!("{depth} {key}");
        let known = self.resolved.borrow().get(&place).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let resolved = self.within(object, depth)?;
        self.resolved.borrow_mut().insert(place, Rcvar::clone(&resolved));
        Ok(Some(resolved))
    }

    /// The members of both: what stands at the reference (the caption here, JSON:API's `meta`) and what it refers to.
    fn reference(&self, value: &Rcvar, depth: usize) -> Result<Rcvar, Unmapped> {
        if let Variable::Object(reference) = &**value
            && depth < MAX_DEPTH
        {
            let key = self
                .include
                .reference
                .search(value, self.resource, "include.reference")?;
            if let Some(found) = name(&key).map(|key| self.object(key, depth + 1)).transpose()?.flatten() {
                let Variable::Object(object) = &*found else {
                    return Ok(found);
                };
                let mut members = reference.clone();
                members.extend(object.iter().map(|(name, member)| (name.clone(), Rcvar::clone(member))));
                return Ok(Rcvar::new(Variable::Object(members)));
            }
        }
        self.within(value, depth)
    }
}

/// A key as text: a string, or several values that name an object together.
fn name(key: &Variable) -> Option<String> {
    match key {
        Variable::Null | Variable::Bool(_) => None,
        Variable::Array(parts) if parts.iter().any(|part| part.is_null()) => None,
        key => Some(key.to_string()),
    }
}
