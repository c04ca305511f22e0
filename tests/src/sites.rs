//! The values of a document, each with the part of the tables that describes it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use wa_message_rules::{
    Path,
    table::{Field, Object, Schema, Tag},
};
use wa_message_spec::tables;

/// A step from a value to one inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    /// To a member.
    Member(String),
    /// To an item.
    Item(usize),
}

/// A value of a document.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// The way to it.
    pub(crate) keys: Vec<Key>,
    /// What it has to be. `None` for what the tables do not know.
    pub(crate) schema: Option<Schema>,
    /// The field that it is the value of.
    pub(crate) field: Option<&'static Field>,
    /// The tag that it is the value of.
    pub(crate) tag: Option<&'static Tag>,
    /// For an object: what it is, and the arms that its tags chose.
    pub(crate) objects: Vec<&'static Object>,
}

impl Site {
    fn new(keys: Vec<Key>, schema: Option<Schema>) -> Self {
        Self { keys, schema, field: None, tag: None, objects: Vec::new() }
    }

    /// The path as violations have it.
    #[must_use]
    pub(crate) fn path(&self) -> String {
        let step = |path: Path, key: &Key| match key {
            Key::Member(name) => path.member(name),
            Key::Item(index) => path.item(*index),
        };
        self.keys.iter().fold(Path::root(), step).as_str().to_owned()
    }

    /// The value in the document.
    #[must_use]
    pub(crate) fn of<'v>(&self, document: &'v mut Value) -> Option<&'v mut Value> {
        self.keys.iter().try_fold(document, |value, key| match key {
            Key::Member(name) => value.get_mut(name),
            Key::Item(index) => value.get_mut(index),
        })
    }
}

/// The request body that a document is. What has a `status` is a read receipt.
#[must_use]
pub(crate) fn root_of(document: &Value) -> &'static Object {
    if crate::table::is_receipt(document) {
        &tables::READ_RECEIPT_OBJECT
    } else {
        &tables::MESSAGE_OBJECT
    }
}

/// All values of a document, outer ones first.
#[must_use]
pub(crate) fn sites(document: &Value) -> Vec<Site> {
    let root = Site::new(Vec::new(), Some(Schema::Object(root_of(document))));
    let mut found = Vec::new();
    visit(root, document, &mut found);
    found
}

fn visit(mut site: Site, value: &Value, found: &mut Vec<Site>) {
    if let (Value::Object(members), Some(Schema::Object(object))) = (value, site.schema) {
        site.objects = chosen(object, members);
    }
    let (keys, schema, objects) = (site.keys.clone(), site.schema, site.objects.clone());
    found.push(site);
    let below = |key| keys.iter().cloned().chain([key]).collect();
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let mut inner = Site::new(below(Key::Member(name.clone())), None);
                inner.field = objects.iter().find_map(|object| object.field(name));
                inner.schema = inner.field.map(|field| field.schema);
                inner.tag =
                    objects.iter().filter_map(|object| object.tag).find(|tag| tag.name == name);
                visit(inner, value, found);
            }
        }
        Value::Array(items) => {
            let schema = match schema {
                Some(Schema::List(list)) => Some(list.items),
                _ => None,
            };
            for (index, value) in items.iter().enumerate() {
                visit(Site::new(below(Key::Item(index)), schema), value, found);
            }
        }
        _ => {}
    }
}

/// An object and the arms that its tags choose.
#[must_use]
pub(crate) fn chosen(
    object: &'static Object,
    members: &Map<String, Value>,
) -> Vec<&'static Object> {
    let mut all = vec![object];
    let mut next = object.tag;
    while let Some(tag) = next {
        let arm = match members.get(tag.name) {
            None | Some(Value::Null) => tag.default.map(|index| &tag.arms[index]),
            Some(Value::String(value)) => tag.arm(value),
            Some(_) => None,
        };
        let Some(arm) = arm else { break };
        all.push(arm.object);
        next = arm.object.tag;
    }
    all
}

/// All names that the tables know: of members, tags, their values, and of what is refused.
#[must_use]
pub fn names() -> BTreeSet<&'static str> {
    let mut names = tables::KINDS.iter().map(|kind| kind.name).collect();
    for root in tables::ROOTS {
        collect(Schema::Object(root), &mut names);
    }
    names
}

fn collect(schema: Schema, names: &mut BTreeSet<&'static str>) {
    match schema {
        Schema::Text(text) => names.extend(text.values.iter().flat_map(|values| values.names)),
        Schema::List(list) => collect(list.items, names),
        Schema::Object(object) => {
            names.extend(object.refused.iter().map(|refused| refused.name));
            names.extend(object.tag.map(|tag| tag.name));
            for field in object.fields {
                names.insert(field.name);
                names.extend(field.by_name.iter().map(|by_name| by_name.name));
                collect(field.schema, names);
            }
            for arm in object.tag.into_iter().flat_map(|tag| tag.arms) {
                names.insert(arm.value);
                collect(Schema::Object(arm.object), names);
            }
        }
        _ => {}
    }
}
