//! The fields of an object as the short form has them.

use std::ptr;

use wa_message_rules::{
    names::Names,
    table::{Arm, ByName, Field, Kind, Object, Schema, Tag},
};

/// An object, with what is lifted into it.
pub(crate) struct Fields {
    pub(crate) rows: Vec<Row>,
    /// The objects of which it is made, for their groups, advice and rules.
    pub(crate) objects: Vec<&'static Object>,
    /// Members that are filled in, with their values.
    pub(crate) filled_in: Vec<(&'static str, String)>,
    /// The tag that nothing has chosen a value of.
    pub(crate) open: Option<&'static Tag>,
}

/// A field.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) is: Is,
    pub(crate) required: bool,
    /// Whether the position in the array is filled in.
    pub(crate) position: bool,
    /// The names that stand for items of it.
    pub(crate) by_name: Vec<&'static str>,
}

/// What stands behind a name.
#[derive(Clone, Copy)]
pub(crate) enum Is {
    /// A value.
    Value(Schema),
    /// What an item that is written by name holds, and whether it may be named values.
    Held(Schema, bool),
    /// Items of an array, each of which is one of the arms of an object.
    Items(&'static Object),
}

impl Fields {
    /// The fields of a kind.
    pub(crate) fn of_kind(kind: &'static Kind) -> Self {
        Self::new(&Names::of_kind(kind))
    }

    /// The fields of an object, those of its arms aside.
    pub(crate) fn of(object: &'static Object) -> Self {
        Self::new(&Names::of(object, &mut |tag, _| tag.only()))
    }

    /// The fields that an arm adds.
    pub(crate) fn of_arm(arm: &'static Arm) -> Self {
        Self::of(arm.object)
    }

    fn new(names: &Names) -> Self {
        let mut rows = Vec::new();
        for (index, slot) in names.slots.iter().enumerate() {
            let field = slot.field;
            if slot.is_natural || field.is_filled_in() {
                continue;
            }
            rows.push(Row {
                name: slot.name,
                what: field.description,
                is: Is::Value(field.schema),
                required: slot.is_needed,
                position: field.position,
                by_name: field.by_name.iter().map(|by_name| by_name.name).collect(),
            });
            let by_name = names.by_name.iter().filter(|(_, slot)| *slot == index);
            rows.extend(by_name.filter_map(|(by_name, _)| named(field, by_name)));
        }
        let filled_in = names
            .fixed
            .iter()
            .filter_map(|(way, value)| way.last().map(|name| (*name, value.to_string())));
        Self {
            rows,
            objects: names.objects.iter().map(|placed| placed.object).collect(),
            filled_in: filled_in.collect(),
            open: names.open().map(|chosen| chosen.tag),
        }
    }
}

/// The row of a name that stands for items of an array.
fn named(field: &'static Field, by_name: &'static ByName) -> Option<Row> {
    let Schema::List(list) = field.schema else { return None };
    let Schema::Object(object) = list.items else { return None };
    let arm = object.tag?.arm(by_name.value)?;
    let is = match by_name.holds {
        Some(holds) => Is::Held(arm.object.field(holds)?.schema, by_name.keyed_by.is_some()),
        None => Is::Items(arm.object),
    };
    Some(Row {
        name: by_name.name,
        what: arm.object.description,
        is,
        required: false,
        position: false,
        by_name: Vec::new(),
    })
}

/// The objects that the rows lead to, and from there on, each once and in order.
pub(crate) fn reachable(fields: &Fields) -> Vec<&'static Object> {
    let mut found = Vec::new();
    follow(fields, &mut found);
    found
}

fn follow(fields: &Fields, found: &mut Vec<&'static Object>) {
    let mut next = Vec::new();
    for row in &fields.rows {
        // Items that have names of their own are told about under these.
        if !row.by_name.is_empty() {
            continue;
        }
        let object = match row.is {
            Is::Value(schema) | Is::Held(schema, _) => inner(schema),
            Is::Items(object) => Some(object),
        };
        if let Some(object) = object
            && !found.iter().any(|known| ptr::eq(*known, object))
        {
            found.push(object);
            next.push(object);
        }
    }
    if let Some(tag) = fields.open {
        for arm in tag.arms {
            follow(&Fields::of_arm(arm), found);
        }
    }
    for object in next {
        follow(&Fields::of(object), found);
    }
}

/// The object that a value is, or is an array of.
pub(crate) fn inner(schema: Schema) -> Option<&'static Object> {
    match schema {
        Schema::Object(object) => Some(object),
        Schema::List(list) => inner(list.items),
        _ => None,
    }
}
