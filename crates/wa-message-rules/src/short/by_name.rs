//! Items of an array by their names.

use super::{layout::Given, print::Written, value};
use crate::{
    Node, Value,
    table::{ByName, List, Object, Schema},
};

/// The items of an array under the names that the short form has for them, if it has one for each and
/// they are in its order.
pub(super) fn write<'a, N: Node<'a>>(given: &Given<N>) -> Option<Vec<(String, Written)>> {
    let (Schema::List(list), Value::List(items)) = (given.field.schema, given.node.value()) else {
        return None;
    };
    let Schema::Object(object) = list.items else { return None };
    let tag = object.tag?;
    let of = |node: N| match node.member(tag.name).map(N::value) {
        Some(Value::Text(value)) => tag.arm(&value),
        _ => None,
    };
    let mut rest: &[_] = &items;
    let mut written = Vec::new();
    for by_name in given.field.by_name {
        let named = |node| of(node).is_some_and(|arm| arm.value == by_name.value);
        let mut count = rest.iter().take_while(|item| named(item.node)).count();
        if by_name.holds.is_some() {
            count = count.min(1);
        }
        let (these, others) = rest.split_at(count);
        rest = others;
        let Some(first) = these.first() else { continue };
        let value = match by_name.holds {
            None => super::items_of(list, these.iter().map(|item| item.node), Some(tag))?,
            Some(holds) => held(object, by_name, holds, first.node)?,
        };
        written.push((by_name.name.to_owned(), value));
    }
    (rest.is_empty() && !written.is_empty()).then_some(written)
}

/// What stands behind the name of one item: the member that it holds.
fn held<'a, N: Node<'a>>(
    object: &'static Object,
    by_name: &'static ByName,
    holds: &'static str,
    node: N,
) -> Option<Written> {
    let tag = object.tag?;
    let field = tag.arm(by_name.value)?.object.field(holds)?;
    let Value::Object(members) = node.value() else { return None };
    if members.iter().any(|(name, _)| *name != tag.name && *name != holds) {
        return None;
    }
    let inner = node.member(holds)?;
    if let Some(key) = by_name.keyed_by
        && let Schema::List(list) = field.schema
        && let Value::List(items) = inner.value()
        && let Some(written) =
            keyed(list, holds, key, &items.iter().map(|item| item.node).collect::<Vec<_>>())
    {
        return Some(written);
    }
    value(field.schema, inner, true, None)
}

/// Named values in the place of an array whose items carry their names.
fn keyed<'a, N: Node<'a>>(
    list: &'static List,
    holds: &str,
    key: &str,
    items: &[N],
) -> Option<Written> {
    let Schema::Object(object) = list.items else { return None };
    let natural = object.natural_name()?;
    let mut named: Vec<(String, Written)> = Vec::new();
    for node in items {
        let Written::Object(members) = value(list.items, *node, false, None)? else { return None };
        let [first, second] = members.as_slice() else { return None };
        let (value, name) = if first.0 == natural { (first, second) } else { (second, first) };
        let (Written::Text(name), true) = (&name.1, value.0 == natural && name.0 == key) else {
            return None;
        };
        if !value.1.is_scalar() || named.iter().any(|(known, _)| known == name) {
            return None;
        }
        named.push((name.clone(), value.1.clone()));
    }
    // The macro takes such names for something else.
    let names: Vec<_> = named.iter().map(|(name, _)| name.as_str()).collect();
    let are_values = !named.is_empty() && list.instead(holds, &names).is_none();
    are_values.then_some(Written::Object(named))
}
