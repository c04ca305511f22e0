//! Changes a document in one place.

mod scalars;

use serde_json::{Map, Value};
use wa_message_rules::table::{Object, Schema};

use crate::{
    Generator,
    sites::{Site, sites},
};

/// A change, which says whether it was one.
#[derive(Clone, Copy)]
enum Change {
    /// Of a value.
    Here(fn(&mut Generator, &Site, &mut Value) -> bool),
    /// Of a value, by what stands elsewhere in the document.
    There(fn(&mut Generator, &Site, &[Site], &mut Value) -> bool),
}

use Change::{Here, There};

/// The changes by name. What stands twice is done more often.
const CHANGES: &[(&str, Change)] = &[
    ("drop a member", Here(drop_member)),
    ("drop a member", Here(drop_member)),
    ("add a misspelt member", Here(add_misspelt)),
    ("add a foreign member", Here(add_foreign)),
    ("add an unknown member", Here(add_unknown)),
    ("rename a member", Here(rename)),
    ("swap two members", Here(swap_members)),
    ("swap two items", Here(swap_items)),
    ("repeat an item", Here(repeat_item)),
    ("remove an item", Here(remove_item)),
    ("fill an array", Here(fill)),
    ("empty it", Here(empty)),
    ("null", Here(null)),
    ("another type", Here(another_type)),
    ("another value", Here(another_value)),
    ("as JSON in a text", Here(as_text)),
    ("an empty foreign member", Here(add_empty)),
    ("wrap it", Here(wrap)),
    ("nest it deeply", Here(nest)),
    ("at a rule", Here(at_rule)),
    ("at a rule", Here(at_rule)),
    ("at a rule", Here(at_rule)),
    ("at a rule", Here(at_rule)),
    ("at a rule", Here(at_rule)),
    ("at a rule", Here(at_rule)),
    ("edit a text", Here(scalars::edit)),
    ("edit a text", Here(scalars::edit)),
    ("a text off its form", Here(scalars::off_form)),
    ("a text at its limit", Here(scalars::to_limit)),
    ("a text at its limit", Here(scalars::to_limit)),
    ("another choice", Here(scalars::choose)),
    ("another choice", Here(scalars::choose)),
    ("another number", Here(scalars::number)),
    ("whole or not", Here(scalars::whole_or_not)),
    ("number or text", Here(scalars::number_or_text)),
    ("equal values", There(equal_values)),
];

/// Changes a document in one place, and says how.
pub fn mutate(generator: &mut Generator, document: &mut Value) -> &'static str {
    let sites = sites(document);
    for _ in 0..20 {
        let (name, change) = CHANGES[generator.rng.usize(..CHANGES.len())];
        // The change comes first: some fit few values, and would hardly be seen otherwise.
        let start = generator.rng.usize(..sites.len());
        for site in sites[start..].iter().chain(&sites[..start]) {
            let changed = match change {
                Change::Here(change) => {
                    site.of(document).is_some_and(|value| change(generator, site, value))
                }
                Change::There(change) => change(generator, site, &sites, document),
            };
            if changed {
                return name;
            }
        }
    }
    "none"
}

fn members(value: &mut Value) -> Option<&mut Map<String, Value>> {
    value.as_object_mut()
}

/// Any member that an object has.
fn any_name(generator: &mut Generator, members: &Map<String, Value>) -> Option<String> {
    generator.rng.choice(members.keys()).cloned()
}

fn insert(members: &mut Map<String, Value>, name: String, value: Value) -> bool {
    let new = !members.contains_key(&name);
    if new {
        members.insert(name, value);
    }
    new
}

fn drop_member(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    let Some(members) = members(value) else { return false };
    any_name(generator, members).is_some_and(|name| members.remove(&name).is_some())
}

/// A name with a letter too many, too few, or in another place.
fn misspelt(generator: &mut Generator, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.is_empty() {
        return "x".to_owned();
    }
    let at = generator.rng.usize(..letters.len());
    match generator.rng.u8(..5) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, 0),
        3 => letters.push(' '),
        _ => return generator.any_case(name),
    }
    letters.into_iter().collect()
}

fn add_misspelt(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let Some(members) = members(value) else { return false };
    let fields: Vec<_> = site.objects.iter().flat_map(|object| object.fields).collect();
    let Some(field) = generator.rng.choice(fields) else { return false };
    let name = misspelt(generator, field.name);
    let value = generator.value(field.schema, 5);
    insert(members, name, value)
}

/// A member of another arm, of what lies further inside, or one that is refused in words.
fn add_foreign(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let Some(members) = members(value) else { return false };
    let mut all: Vec<(&str, Option<Schema>)> = Vec::new();
    for object in &site.objects {
        all.extend(object.refused.iter().map(|refused| (refused.name, None)));
        let tag = object.tag.into_iter();
        all.extend(tag.flat_map(|tag| tag.arms).flat_map(|arm| fields(arm.object)));
        for field in object.fields {
            if let Schema::Object(inner) = field.schema {
                all.extend(fields(inner));
            }
        }
    }
    let Some((name, schema)) = generator.rng.choice(all) else { return false };
    let value = match schema {
        Some(schema) => generator.value(schema, 5),
        None => generator.scalar(),
    };
    insert(members, name.to_owned(), value)
}

/// Any value as JSON in a text.
fn as_text(_: &mut Generator, _: &Site, value: &mut Value) -> bool {
    let text = value.to_string();
    let is_new = !value.is_string();
    *value = text.into();
    is_new
}

fn add_empty(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let before = members(value).map(|members| members.len());
    if !add_foreign(generator, site, value) {
        return false;
    }
    let added = members(value).filter(|members| Some(members.len()) > before);
    let last = added.and_then(|members| members.values_mut().last());
    last.map(|last| *last = "".into()).is_some()
}

fn fields(object: &'static Object) -> impl Iterator<Item = (&'static str, Option<Schema>)> {
    object.fields.iter().map(|field| (field.name, Some(field.schema)))
}

fn add_unknown(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    let Some(members) = members(value) else { return false };
    // A `status` makes another request body of it.
    let names = ["status", "type", "Type", "", "a.b", "x[0]", "null", "surprise", "r#type", "ключ"];
    let name = match generator.rng.usize(..names.len() + 2) {
        at if at < names.len() => names[at].to_owned(),
        _ => generator.any_text(12),
    };
    let value = generator.scalar();
    insert(members, name, value)
}

fn rename(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    let Some(members) = members(value) else { return false };
    let Some(name) = any_name(generator, members) else { return false };
    let other = misspelt(generator, &name);
    if members.contains_key(&other) {
        return false;
    }
    let value = members.remove(&name).unwrap_or_default();
    insert(members, other, value)
}

fn swap_members(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    let Some(members) = members(value) else { return false };
    let names = (any_name(generator, members), any_name(generator, members));
    let (Some(left), Some(right)) = names else { return false };
    if left == right {
        return false;
    }
    let (first, second) = (members[&left].clone(), members[&right].clone());
    members.insert(left, second);
    members.insert(right, first);
    true
}

fn items(value: &mut Value) -> Option<&mut Vec<Value>> {
    value.as_array_mut().filter(|items| !items.is_empty())
}

fn swap_items(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    let Some(items) = items(value).filter(|items| items.len() > 1) else { return false };
    let (left, right) = (generator.rng.usize(..items.len()), generator.rng.usize(..items.len()));
    items.swap(left, right);
    left != right
}

fn repeat_item(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    let Some(items) = items(value) else { return false };
    let (from, to) = (generator.rng.usize(..items.len()), generator.rng.usize(..=items.len()));
    items.insert(to, items[from].clone());
    true
}

fn remove_item(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    let Some(items) = items(value) else { return false };
    items.remove(generator.rng.usize(..items.len()));
    true
}

/// As many items as fit, or one more.
fn fill(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let Some(Schema::List(list)) = site.schema else { return false };
    let Some(items) = value.as_array_mut() else { return false };
    let rare = list.max <= 40 || (list.max < 1_000 && generator.rng.u8(..30) == 0);
    if !rare {
        return false;
    }
    let count = list.max + usize::from(generator.rng.bool());
    let first = items.first().cloned().filter(|_| generator.rng.bool());
    while items.len() < count {
        items.push(first.clone().unwrap_or_else(|| generator.value(list.items, 6)));
    }
    true
}

fn empty(_: &mut Generator, _: &Site, value: &mut Value) -> bool {
    match value {
        Value::Array(items) if !items.is_empty() => items.clear(),
        Value::Object(members) if !members.is_empty() => members.clear(),
        Value::String(text) if !text.is_empty() => text.clear(),
        _ => return false,
    }
    true
}

fn null(_: &mut Generator, _: &Site, value: &mut Value) -> bool {
    !value.take().is_null()
}

fn another_type(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    *value = match generator.rng.u8(..8) {
        0 => Value::Array(Vec::new()),
        1 => Value::Object(Map::new()),
        2 => generator.free(1, 8),
        _ => generator.scalar(),
    };
    true
}

/// A value of another schema: that of a sibling, or of what lies around it.
fn another_value(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let Some(members) = members(value) else { return false };
    let fields: Vec<_> = site.objects.iter().flat_map(|object| object.fields).collect();
    let Some(field) = generator.rng.choice(fields.iter()) else { return false };
    let Some(other) = generator.rng.choice(fields.iter()) else { return false };
    let value = generator.value(other.schema, 5);
    members.insert(field.name.to_owned(), value);
    true
}

fn at_rule(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let rules = |object: &'static Object| object.rules.iter().map(move |rule| (object, rule));
    let mut rules: Vec<_> = site.objects.iter().copied().flat_map(rules).collect();
    generator.rng.shuffle(&mut rules);
    rules.into_iter().any(|(object, rule)| generator.provoke(object, rule, value))
}

fn wrap(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let name = site.field.map_or("value", |field| field.name);
    *value = around(generator, name, value.take());
    true
}

fn around(generator: &mut Generator, name: &str, value: Value) -> Value {
    if generator.rng.bool() {
        vec![value].into()
    } else {
        Map::from_iter([(name.to_owned(), value)]).into()
    }
}

/// Around the depth that a reader of JSON takes, which is 127.
fn nest(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    if generator.rng.u8(..4) > 0 {
        return false;
    }
    let depth = [3, 20, 110, 118, 121, 123, 124, 125, 126, 127, 128, 140, 200];
    for _ in 0..depth[generator.rng.usize(..depth.len())] {
        *value = around(generator, "data", value.take());
    }
    true
}

/// Gives a value the content of another one that stands in a member of the same name.
fn equal_values(
    generator: &mut Generator,
    site: &Site,
    sites: &[Site],
    document: &mut Value,
) -> bool {
    let Some(field) = site.field else { return false };
    let same = sites.iter().filter(|other| {
        other.keys != site.keys && other.field.is_some_and(|other| other.name == field.name)
    });
    let Some(other) = generator.rng.choice(same.collect::<Vec<_>>()) else { return false };
    let Some(copy) = other.of(document).map(|value| value.clone()) else { return false };
    if let Some(value) = site.of(document) {
        *value = copy;
    }
    true
}
