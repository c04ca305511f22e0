//! The names that an object takes in the short form, and what they stand for. The structs that the
//! generator writes for editors have the same names: see `xtask/src/emit/editor.rs`.

use wa_message_rules::table::{Arm, Field, List, Object, Schema, Tag};

use super::written;
use crate::{
    diagnostic::Spot,
    layout::{constant, infer},
    tree::{Content, Member, Tree},
};

/// What a name stands for.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// What its value has to be, unless it is the name of a tag.
    schema: Option<Schema>,
    /// The tag of the items, where their array is named for it.
    pub(super) items: Option<ItemTag>,
}

/// A tag that all items of an array have.
#[derive(Clone, Copy)]
pub(super) struct ItemTag {
    name: &'static str,
    value: &'static str,
}

impl Place {
    fn of(schema: Schema) -> Self {
        Self { schema: Some(schema), items: None }
    }

    /// The object that fields in braces are, as the value itself or as the only item of an array.
    pub(super) fn object(&self) -> Option<&'static Object> {
        match self.schema? {
            Schema::Object(object) => Some(object),
            Schema::List(list) => Place::of(list.items).object(),
            _ => None,
        }
    }

    /// The place of an item of an array.
    pub(super) fn item(&self) -> Option<Self> {
        match self.schema? {
            Schema::List(list) => Some(Self { items: self.items, ..Self::of(list.items) }),
            _ => None,
        }
    }
}

/// The names of an object of which some tags are known.
pub(super) struct Names {
    object: &'static Object,
    /// The values of its tags, outermost first, as far as they are known.
    tags: Vec<&'static str>,
    /// Whether the tags are those of a kind. Then they also name the arms of unions that have but one.
    of_kind: bool,
}

impl Names {
    pub(super) fn of_kind(object: &'static Object, tags: &[&'static str]) -> Self {
        Self { object, tags: tags.to_vec(), of_kind: true }
    }

    pub(super) fn of_object(
        object: &'static Object,
        tag: Option<ItemTag>,
        fields: &[written::Field],
    ) -> Self {
        let member = |name: &str, text: Option<String>| {
            let content = text.map_or(Content::Failed, Content::Text);
            let spot = Spot::of(proc_macro2::Span::call_site());
            Member { name: name.to_owned(), value: Tree::new(content, spot) }
        };
        let given = fields
            .iter()
            .map(|field| member(&field.name, field.value.as_ref().and_then(written::Value::text)));
        let tag = tag.map(|tag| member(tag.name, Some(tag.value.to_owned())));
        let members: Vec<_> = tag.into_iter().chain(given).collect();
        let mut tags = Vec::new();
        told(object, &members, &mut tags);
        Self { object, tags, of_kind: false }
    }

    /// The name of the generated struct.
    pub(super) fn name(&self) -> String {
        let mut name = self.object.name.to_owned();
        for tag in &self.tags {
            name.push('_');
            name.extend(tag.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }));
        }
        name
    }

    pub(super) fn find(&self, name: &str) -> Option<Place> {
        self.find_in(self.object, &mut &self.tags[..], name)
    }

    fn find_in(
        &self,
        object: &'static Object,
        tags: &mut &[&'static str],
        name: &str,
    ) -> Option<Place> {
        for field in object.fields {
            let found = match field.schema {
                Schema::Object(inner) if field.lifted => self.find_in(inner, tags, name),
                _ => in_field(field, name),
            };
            if found.is_some() {
                return found;
            }
        }
        let tag = object.tag?;
        if !self.of_kind && tag.arms.len() > 1 && tag.name == name {
            return Some(Place { schema: None, items: None });
        }
        match self.arm(tag, tags) {
            Known::Arm(arm) => self.find_in_arm(arm, tags, name),
            Known::Open => tag.arms.iter().find_map(|arm| self.find_in_arm(arm, tags, name)),
            Known::Nothing => None,
        }
    }

    fn find_in_arm(
        &self,
        arm: &'static Arm,
        tags: &mut &[&'static str],
        name: &str,
    ) -> Option<Place> {
        let object = arm.object;
        if !self.of_kind
            && arm.value == name
            && object.field(name).is_none()
            && let Some(natural) = object.natural.and_then(|natural| object.field(natural))
        {
            return Some(Place::of(natural.schema));
        }
        self.find_in(object, tags, name)
    }

    fn arm(&self, tag: &'static Tag, tags: &mut &[&'static str]) -> Known {
        if let ([only], false) = (tag.arms, self.of_kind) {
            return Known::Arm(only);
        }
        let Some((first, rest)) = tags.split_first() else { return Known::Open };
        *tags = rest;
        tag.arm(first).map_or(Known::Nothing, Known::Arm)
    }
}

/// What is known of the arm of a union.
enum Known {
    Arm(&'static Arm),
    Open,
    Nothing,
}

fn in_field(field: &'static Field, name: &str) -> Option<Place> {
    if field.required && constant(field).is_some() {
        return None;
    }
    if let Some(by_name) = field.by_name.iter().find(|by_name| by_name.name == name) {
        let Schema::List(List { items: Schema::Object(object), .. }) = field.schema else {
            return None;
        };
        let tag = object.tag?;
        if let Some(holds) = by_name.holds {
            let held = tag.arm(by_name.value)?.object.field(holds)?;
            return Some(Place::of(held.schema));
        }
        let items = ItemTag { name: tag.name, value: by_name.value };
        return Some(Place { items: Some(items), ..Place::of(field.schema) });
    }
    (field.name == name).then(|| Place::of(field.schema))
}

/// Collects the tags of an object that are known, until one is not.
fn told(object: &'static Object, members: &[Member], tags: &mut Vec<&'static str>) -> bool {
    let lifted = object.fields.iter().filter(|field| field.lifted);
    let mut lifted = lifted.filter_map(|field| match field.schema {
        Schema::Object(inner) => Some(inner),
        _ => None,
    });
    if !lifted.all(|inner| told(inner, members, tags)) {
        return false;
    }
    let Some(tag) = object.tag else { return true };
    let Some(arm) = infer(tag, members) else { return false };
    if tag.arms.len() > 1 {
        tags.push(arm.value);
    }
    told(arm.object, members, tags)
}
