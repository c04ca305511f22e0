//! From a document to the short form of `wa_message!`: the way back of what the macro does.
//!
//! Nothing here knows a kind of message. What the tables say of the short form (what is filled in,
//! what stands for what, what is lifted, what has a name) is taken away again, and [`print`] lays out
//! the rest.

mod by_name;
mod layout;
mod print;
mod scalar;

use std::ptr;

use crate::{
    Node, Value,
    names::{Slot, infer},
    table::{Arm, Kind, List, Object, Schema, Tag},
};
use layout::{Given, Layout};
use print::Written;

/// Writes a document that keeps every rule as an invocation of `wa_message!`: in the short form, or in the
/// wire form if it holds something that the short form cannot say, such as an empty object in a place
/// that the short form leaves out.
pub fn to_dsl<'a, N: Node<'a>>(
    root: &'static Object,
    kinds: &'static [Kind],
    document: N,
) -> String {
    match short_form(root, kinds, document) {
        Some((kind, fields)) => print::short(kind.name, &fields),
        None => print::wire(&verbatim(document)),
    }
}

fn short_form<'a, N: Node<'a>>(
    root: &'static Object,
    kinds: &'static [Kind],
    document: N,
) -> Option<(&'static Kind, Vec<(String, Written)>)> {
    let layout = Layout::new(root, document)?;
    let tags: Vec<_> = layout.tags().iter().map(|(_, arm)| arm.value).collect();
    let kind = kinds.iter().find(|kind| ptr::eq(kind.root, root) && kind.tags == tags)?;
    Some((kind, fields(&layout.of_kind(kind), true, None)?))
}

/// A value in the short form. `natural` says that it may stand for what is further inside, and `position`
/// where it is in an array.
fn value<'a, N: Node<'a>>(
    schema: Schema,
    node: N,
    natural: bool,
    position: Option<usize>,
) -> Option<Written> {
    match (schema, node.value()) {
        (Schema::Object(object), Value::Object(_)) => {
            let layout = Layout::new(object, node)?;
            let written = tagged(&layout, None, position)?;
            Some(bare(object, written))
        }
        (Schema::List(list), Value::List(items)) => {
            if natural && let [only] = items.as_slice() {
                let item = value(list.items, only.node, true, None)?;
                if matches!(item, Written::Text(_))
                    || list.max == 1 && !matches!(item, Written::List(_))
                {
                    return Some(item);
                }
            }
            items_of(list, items.iter().map(|item| item.node), None)
        }
        _ => Some(verbatim(node)),
    }
}

/// The items of an array, each at its position. `by_name` is the tag that their name says.
fn items_of<'a, N: Node<'a>>(
    list: &'static List,
    items: impl Iterator<Item = N>,
    by_name: Option<&'static Tag>,
) -> Option<Written> {
    let items = items.enumerate().map(|(position, node)| match (list.items, node.value()) {
        (Schema::Object(object), Value::Object(_)) if by_name.is_some() => {
            let layout = Layout::new(object, node)?;
            tagged(&layout, by_name, Some(position)).map(Written::Object)
        }
        (schema, _) => value(schema, node, false, Some(position)),
    });
    items.collect::<Option<Vec<_>>>().map(Written::List)
}

/// A value without an object around it, if it is all that the object holds and the object is made for it.
fn bare(object: &'static Object, mut written: Vec<(String, Written)>) -> Written {
    let natural = object.natural_name();
    match written.as_slice() {
        [(name, value)] if Some(name.as_str()) == natural && value.is_scalar() => {
            // There is one.
            written.pop().map_or(Written::List(Vec::new()), |(_, value)| value)
        }
        _ => Written::Object(written),
    }
}

/// The members of an object, with its tags where nothing else says them.
fn tagged<'a, N: Node<'a>>(
    layout: &Layout<N>,
    by_name: Option<&'static Tag>,
    position: Option<usize>,
) -> Option<Vec<(String, Written)>> {
    let mut written = fields(layout, false, position)?;
    let told = |tag: &'static Tag| by_name.is_some_and(|by_name| ptr::eq(by_name, tag));
    let tags = layout.tags();
    for (tag, arm) in tags.iter().rev() {
        if told(tag) || infers(tag, &written, arm) {
            continue;
        }
        if layout.names.slot(tag.name).is_some() {
            return None;
        }
        written.insert(0, (tag.name.to_owned(), Written::Text(arm.value.to_owned())));
    }
    // A tag that is written can mislead another with the same name.
    let clear = tags.iter().all(|(tag, arm)| told(tag) || infers(tag, &written, arm));
    clear.then_some(written)
}

/// Whether the macro takes what is written for an arm.
fn infers(tag: &'static Tag, written: &[(String, Written)], arm: &'static Arm) -> bool {
    let written = written.iter().map(|(name, value)| match value {
        Written::Text(text) => (name.as_str(), Some(text.as_str())),
        _ => (name.as_str(), None),
    });
    infer(tag, written).is_some_and(|inferred| ptr::eq(inferred, arm))
}

fn fields<'a, N: Node<'a>>(
    layout: &Layout<N>,
    kind: bool,
    position: Option<usize>,
) -> Option<Vec<(String, Written)>> {
    let mut written = Vec::new();
    for given in &layout.given {
        if layout.is_filled_in(given) {
            continue;
        }
        if given.field.position && position.is_some_and(|position| is_position(given, position)) {
            continue;
        }
        if let Some(named) = by_name::write(given) {
            written.extend(named);
            continue;
        }
        let stands = given.stands.filter(|_| !kind);
        let name = stands.unwrap_or(given.field.name);
        if !layout.leads_to(name, &given.way) {
            return None;
        }
        let value = value(given.field.schema, given.node, stands.is_some(), None)?;
        written.push((name.to_owned(), value));
    }
    if position.is_some() {
        // What is not there would be filled in.
        let absent = |slot: &&Slot| {
            slot.field.position
                && !slot.is_natural
                && !layout.given.iter().any(|given| given.way == slot.way)
        };
        for slot in layout.names.slots.iter().filter(absent) {
            written.push((slot.name.to_owned(), Written::Raw("null")));
        }
    }
    layout.shows_every_object().then_some(written)
}

fn is_position<'a, N: Node<'a>>(given: &Given<N>, position: usize) -> bool {
    match given.node.value() {
        Value::Text(text) => *text == *position.to_string(),
        Value::Integer(number) => usize::try_from(number) == Ok(position),
        _ => false,
    }
}

/// A value as it stands in the document.
fn verbatim<'a, N: Node<'a>>(node: N) -> Written {
    match node.value() {
        // Documents hold values that are known.
        Value::Unknown | Value::OneOf(_) | Value::Null => Written::Raw("null"),
        Value::Boolean(true) => Written::Boolean("true"),
        Value::Boolean(false) => Written::Boolean("false"),
        Value::Integer(number) => Written::Number(number.to_string()),
        Value::Number(number) => Written::Number(format!("{number:?}")),
        Value::Text(text) => Written::Text(text.into_owned()),
        Value::List(items) => {
            Written::List(items.into_iter().map(|item| verbatim(item.node)).collect())
        }
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, node)| (name.to_owned(), verbatim(node)));
            Written::Object(members.collect())
        }
    }
}
