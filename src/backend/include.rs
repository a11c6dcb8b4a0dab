//! References within an answer. In JSON:API and Contentful, authors, images and sections stand beside the articles that
//! refer to them.

use std::cell::RefCell;

use crate::json::value::Members;
use crate::json::{Rcvar, Variable};

use super::error::Unmapped;
use super::mapping::Include;

/// References are followed this deep, such as the author of an image of an article. The limit also ends circular
/// references.
const MAX_DEPTH: usize = 4;

/// The items with each reference in them replaced by the object that it refers to. `resource` is named in errors. The browser
/// program is split at this function (script/split.mjs), so it must stay a function of its own.
#[inline(never)]
pub fn resolved(items: &[Rcvar], include: &Include, envelope: &Rcvar, resource: &str) -> Result<Vec<Rcvar>, Unmapped> {
    let included = Included::new(include, envelope, resource)?;
    items.iter().map(|item| included.within(item, 0)).collect()
}

/// The objects that an answer's articles refer to, by key.
struct Included<'a> {
    include: &'a Include,
    resource: &'a str,
    objects: Members,
    /// Objects with their references replaced, by place in `objects` and depth. Without this, objects that all refer to
    /// each other would be resolved as often as the fourth power of their number.
    resolved: RefCell<Vec<[Option<Rcvar>; MAX_DEPTH]>>,
}

impl<'a> Included<'a> {
    /// Finds the objects of an answer.
    fn new(include: &'a Include, envelope: &Rcvar, resource: &'a str) -> Result<Self, Unmapped> {
        let mut objects = Vec::new();
        if let Variable::Array(found) = &*include.from.search(envelope, resource, "include.from")? {
            for object in found {
                let key = include.key.search(object, resource, "include.key")?;
                if let Some(key) = name(&key) {
                    objects.push((key, Rcvar::clone(object)));
                }
            }
        }
        Ok(Included {
            include,
            resource,
            resolved: RefCell::new(vec![Default::default(); objects.len()]),
            objects: objects.into(),
        })
    }

    /// The value with each reference in it replaced by the object that it refers to.
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
                let members = members.collect::<Result<Vec<_>, Unmapped>>()?;
                Rcvar::new(Variable::Object(members.into()))
            }
            _ => Rcvar::clone(value),
        })
    }

    /// The object with this key, with its references replaced; `None` if there is no such object. `depth` is from 1.
    fn object(&self, key: String, depth: usize) -> Result<Option<Rcvar>, Unmapped> {
        let Some((place, object)) = self.objects.find(&key) else {
            return Ok(None);
        };
        let known = self.resolved.borrow()[place][depth - 1].clone();
        if known.is_some() {
            return Ok(known);
        }
        let resolved = self.within(object, depth)?;
        self.resolved.borrow_mut()[place][depth - 1] = Some(Rcvar::clone(&resolved));
        Ok(Some(resolved))
    }

    /// Merges the members of a reference (such as a caption, or `meta` in JSON:API) with those of the object that it
    /// refers to.
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
                // Of two members of the same name, the object's counts.
                let members: Vec<(String, Rcvar)> = reference.iter().chain(object).cloned().collect();
                return Ok(Rcvar::new(Variable::Object(members.into())));
            }
        }
        self.within(value, depth)
    }
}

/// A key as text: a string, or several values that identify an object together. `None` for anything else.
fn name(key: &Variable) -> Option<String> {
    match key {
        Variable::Null | Variable::Bool(_) => None,
        Variable::Array(parts) if parts.iter().any(|part| part.is_null()) => None,
        key => Some(key.to_string()),
    }
}
