//! Tells what an object in the place of an array is, where named values may stand.

use crate::table::{Field, List, Object, Schema};

/// What an object in the place of an array is, when its names are not those of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instead<'w> {
    /// The object around the array, which the short form leaves out.
    Around,
    /// The only item that the array takes.
    Item,
    /// An item of the array, which has a member of this name.
    Member(&'w str),
    /// An object that a member of an item takes: the member, with the members of that object.
    Inside(Vec<(&'static str, Vec<&'static str>)>),
}

impl List {
    /// Returns what an object with these names is in the place of the array, or `None` if they name values.
    /// `holds` is the name of the array in the object around it.
    #[must_use]
    pub fn instead<'w>(&self, holds: &str, written: &[&'w str]) -> Option<Instead<'w>> {
        let Schema::Object(item) = self.items else { return None };
        if written.contains(&holds) && !item.knows(holds) {
            return Some(Instead::Around);
        }
        if let Some(&name) = written.iter().find(|name| item.knows(name)) {
            let is_only = self.max == 1;
            return Some(if is_only { Instead::Item } else { Instead::Member(name) });
        }
        let arms = item.tag.into_iter().flat_map(|tag| tag.arms);
        let fields = arms.flat_map(|arm| arm.object.fields).chain(item.fields);
        // Several names are no named values where there is room for one.
        let is_whole = self.max > 1 || written.len() == 1;
        let inside: Vec<_> = fields.filter_map(|field| inside(field, written, is_whole)).collect();
        (!inside.is_empty()).then_some(Instead::Inside(inside))
    }
}

/// The member of an item with the members of the object that it takes, if the names make one, and where
/// that is asked for, one that lacks nothing. A name alone proves little: a value may well be called `name` or
/// `code`.
fn inside(
    field: &Field,
    written: &[&str],
    is_whole: bool,
) -> Option<(&'static str, Vec<&'static str>)> {
    let Schema::Object(object) = field.schema else { return None };
    let members = written.iter().map(|name| meant(object, name)).collect::<Option<Vec<_>>>()?;
    let is_given = |name: &str| members.contains(&name);
    let lacks_nothing = || {
        object.fields.iter().all(|field| !field.required || is_given(field.name))
            && (object.exactly_one.is_empty()
                || object.exactly_one.iter().any(|group| group.iter().all(|name| is_given(name))))
    };
    (!members.is_empty() && (!is_whole || lacks_nothing())).then_some((field.name, members))
}

/// The member of an object that a name is, or under which somebody looks for it.
fn meant(object: &'static Object, name: &str) -> Option<&'static str> {
    let mut fields = object.fields.iter();
    let found = fields.find(|field| field.name == name || field.synonyms.contains(&name));
    found.map(|field| field.name)
}
