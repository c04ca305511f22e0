//! The names that an object takes in the short form, and what they stand for. The structs that the
//! generator writes for editors have the same names: see `xtask/src/emit/editor.rs`.

use wa_message_rules::{
    names::{self, infer},
    table::{ByName, Field, Kind, List, Object, Schema},
};

use super::written;

/// What a name stands for.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// What its value has to be, unless it is the name of a tag.
    schema: Option<Schema>,
    /// The tag of the items, where their array is named for it.
    pub(super) items: Option<ItemTag>,
    /// The component of a template in which values may have names.
    pub(super) component: Option<&'static str>,
}

/// A tag that all items of an array have.
#[derive(Clone, Copy)]
pub(super) struct ItemTag {
    name: &'static str,
    value: &'static str,
}

impl Place {
    fn of(schema: Schema) -> Self {
        Self { schema: Some(schema), items: None, component: None }
    }

    /// The place of a text.
    pub(super) fn of_text() -> Self {
        Self { schema: None, items: None, component: None }
    }

    /// The place of items of an array that are written by name.
    fn of_items(field: &'static Field, by_name: &'static ByName) -> Option<Self> {
        let Schema::List(List { items: Schema::Object(object), .. }) = field.schema else {
            return None;
        };
        let tag = object.tag?;
        if let Some(holds) = by_name.holds {
            let held = tag.arm(by_name.value)?.object.field(holds)?;
            let component = by_name.keyed_by.map(|_| by_name.value);
            return Some(Self { component, ..Self::of(held.schema) });
        }
        let items = ItemTag { name: tag.name, value: by_name.value };
        Some(Self { items: Some(items), ..Self::of(field.schema) })
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
    short: names::Names,
    is_kind: bool,
}

impl Names {
    pub(super) fn of_kind(kind: &'static Kind) -> Self {
        Self { object: kind.root, short: names::Names::of_kind(kind), is_kind: true }
    }

    pub(super) fn of_object(
        object: &'static Object,
        tag: Option<ItemTag>,
        fields: &[written::Field],
    ) -> Self {
        let text = |field: &written::Field| field.value.as_ref().and_then(written::Value::text);
        let texts: Vec<_> = fields.iter().map(text).collect();
        let given = fields.iter().zip(&texts).map(|(it, text)| (it.name.as_str(), text.as_deref()));
        let given = tag.into_iter().map(|tag| (tag.name, Some(tag.value))).chain(given);
        // The struct is named after the tags that are known, until one is not.
        let mut is_open = false;
        let short = names::Names::with_all_arms(object, &mut |tag, _| {
            if let Some(only) = tag.only() {
                return Some(only);
            }
            let arm = infer(tag, given.clone()).filter(|_| !is_open);
            is_open |= arm.is_none();
            arm
        });
        Self { object, short, is_kind: false }
    }

    /// The name of the generated struct.
    pub(super) fn name(&self) -> String {
        let mut name = self.object.name.to_owned();
        let tags = self.short.tags.iter().filter(|chosen| chosen.tag.arms.len() > 1);
        for arm in tags.filter_map(|chosen| chosen.arm) {
            name.push('_');
            name.extend(arm.value.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }));
        }
        name
    }

    pub(super) fn find(&self, name: &str) -> Option<Place> {
        if let Some((by_name, slot)) = self.short.by_name(name) {
            let place = Place::of_items(slot.field, by_name)?;
            // The components of a card are others.
            let component = place.component.filter(|_| self.is_kind);
            return Some(Place { component, ..place });
        }
        if let Some(slot) = self.short.slot(name) {
            return Some(slot.field.schema).filter(|_| !slot.field.is_filled_in()).map(Place::of);
        }
        // The name of a kind has said what its tags are.
        let mut tags = self.short.tags.iter().filter(|_| !self.is_kind).map(|chosen| chosen.tag);
        let is_tag = tags.any(|tag| tag.arms.len() > 1 && tag.name == name);
        is_tag.then_some(Place::of_text())
    }
}
