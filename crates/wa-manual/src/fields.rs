//! The fields of an object as the short form has them.

use std::ptr;

use wa_message_rules::table::{Arm, ByName, Field, Kind, Object, Schema, Tag};

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
        let mut fields = Self::new();
        let mut tags = kind.tags.iter().copied();
        fields.object(kind.root, true, &mut tags);
        fields
    }

    /// The fields of an object, those of its arms aside.
    pub(crate) fn of(object: &'static Object) -> Self {
        let mut fields = Self::new();
        fields.object(object, true, &mut std::iter::empty());
        fields
    }

    /// The fields that an arm adds.
    pub(crate) fn of_arm(arm: &'static Arm) -> Self {
        Self::of(arm.object)
    }

    fn new() -> Self {
        Self { rows: Vec::new(), objects: Vec::new(), filled_in: Vec::new(), open: None }
    }

    fn object(
        &mut self,
        object: &'static Object,
        required: bool,
        tags: &mut dyn Iterator<Item = &'static str>,
    ) {
        self.objects.push(object);
        for field in object.fields {
            match field.schema {
                Schema::Object(inner) if field.lifted => {
                    self.object(inner, required && field.required, tags);
                }
                _ => self.field(field, required),
            }
        }
        let Some(tag) = object.tag else { return };
        if let Some(arm) = tags.next().and_then(|value| tag.arm(value)) {
            self.filled_in.push((tag.name, arm.value.to_owned()));
            self.object(arm.object, required, tags);
        } else if let [only] = tag.arms {
            self.filled_in.push((tag.name, only.value.to_owned()));
            self.object(only.object, required, tags);
        } else {
            self.open = Some(tag);
        }
    }

    fn field(&mut self, field: &'static Field, required: bool) {
        let constant = match field.schema {
            Schema::Text(text) => text.constant().map(str::to_owned),
            Schema::Integer(integer) => integer.constant.map(|value| value.to_string()),
            _ => None,
        };
        if let (Some(value), true) = (constant, field.required) {
            self.filled_in.push((field.name, value));
            return;
        }
        self.rows.push(Row {
            name: field.name,
            what: field.description,
            is: Is::Value(field.schema),
            required: required && field.required,
            position: field.position,
            by_name: field.by_name.iter().map(|by_name| by_name.name).collect(),
        });
        for by_name in field.by_name {
            self.rows.extend(named(field, by_name));
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
