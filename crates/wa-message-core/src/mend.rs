//! Forms that the API takes and the tables do not describe: JSON in a text, and empty texts for members
//! that do not belong where they stand.
//!
//! They are put right before a body is judged, so that every rule is asked of what is meant, and a path
//! leads to the same place in both forms.

use serde_json::{Map, Value};
use wa_message_rules::{
    KEPT_AT_MOST, Path, quoted,
    table::{Object, Schema},
};

use crate::{
    depth::{READ_AT_MOST, is_within},
    json,
    lint::Lint,
    read::arm,
};

/// Somebody who is told what was put right.
pub(crate) trait Note {
    fn note(&mut self, trail: &Trail<'_>, problem: Form);
}

/// Nobody.
pub(crate) struct Unnoted;

impl Note for Unnoted {
    fn note(&mut self, _: &Trail<'_>, _: Form) {}
}

impl Note for Vec<Lint> {
    fn note(&mut self, trail: &Trail<'_>, form: Form) {
        if self.len() < KEPT_AT_MOST {
            let field = trail.name();
            let says = match form {
                Form::InText(what) => format!("{field} is JSON in a text; write the {what} itself"),
                Form::Empty => {
                    format!("{field} is an empty text and does not belong here; leave it out")
                }
            };
            self.push(Lint::written(trail.path().as_str().to_owned(), says));
        }
    }
}

/// A form that the tables do not describe.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    /// JSON in a text, in the place of an array or object.
    InText(&'static str),
    /// An empty text for a member that does not belong here.
    Empty,
}

/// The way to a value, of which a path is only made when one is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trail<'t> {
    Root,
    Member(&'t Trail<'t>, &'t str),
    Item(&'t Trail<'t>, usize),
}

impl Trail<'_> {
    fn path(&self) -> Path {
        match self {
            Self::Root => Path::root(),
            Self::Member(outer, name) => outer.path().member(name),
            Self::Item(outer, index) => outer.path().item(*index),
        }
    }

    /// What a sentence calls the value.
    fn name(&self) -> String {
        match self {
            // Only members and items are in a text.
            Self::Root => "the message".to_owned(),
            Self::Member(_, name) => quoted(name),
            Self::Item(outer, _) => format!("an item of {}", outer.name()),
        }
    }
}

/// Puts a body right, and says whether there was anything to do. The body itself is an object: the API
/// reads JSON in the texts of members.
fn mended(value: &mut Value, table: &'static Object, notes: &mut dyn Note) -> bool {
    let mut mender = Mender { notes, has_mended: false, is_in_text: false };
    if let Value::Object(members) = value {
        mender.object(members, table, &Trail::Root);
    }
    mender.has_mended
}

/// Puts a copy of a body right, if there is anything to do.
pub(crate) fn mended_copy(
    value: &Value,
    table: &'static Object,
    notes: &mut dyn Note,
) -> Option<Value> {
    // A copy of anything takes as much stack as it is deep.
    if !is_within(value, READ_AT_MOST) {
        return None;
    }
    let mut value = value.clone();
    mended(&mut value, table, notes).then_some(value)
}

struct Mender<'n> {
    notes: &'n mut dyn Note,
    has_mended: bool,
    /// Whether the value came out of a text. A text in it is left as it is, so that what comes out of texts
    /// is never more than was sent.
    is_in_text: bool,
}

impl Mender<'_> {
    fn mend(&mut self, trail: &Trail<'_>, form: Form) {
        self.notes.note(trail, form);
        self.has_mended = true;
    }

    fn value(&mut self, value: &mut Value, schema: Schema, trail: &Trail<'_>) {
        let was_in_text = self.is_in_text;
        if let Value::String(text) = value
            && !was_in_text
            && let Some((inner, form)) = unpacked(text, schema)
        {
            *value = inner;
            self.mend(trail, form);
            self.is_in_text = true;
        }
        match (value, schema) {
            (Value::Array(items), Schema::List(list)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.value(item, list.items, &Trail::Item(trail, index));
                }
            }
            (Value::Object(members), Schema::Object(object)) => self.object(members, object, trail),
            _ => {}
        }
        self.is_in_text = was_in_text;
    }

    fn object(
        &mut self,
        members: &mut Map<String, Value>,
        object: &'static Object,
        trail: &Trail<'_>,
    ) {
        let objects: Vec<_> = object.chosen(|_, tag| arm(tag, members)).collect();
        let is_complete = objects.last().is_none_or(|last| last.tag.is_none());
        for field in objects.iter().flat_map(|object| object.fields) {
            if let Some(value) = members.get_mut(field.name) {
                self.value(value, field.schema, &Trail::Member(trail, field.name));
            }
        }
        if is_complete {
            let is_stray = |name: &str| is_known_elsewhere(&objects, name);
            members.retain(|name, value| {
                let is_left_out = value.as_str() == Some("") && is_stray(name);
                if is_left_out {
                    self.mend(&Trail::Member(trail, name), Form::Empty);
                }
                !is_left_out
            });
        }
    }
}

/// Whether a member is not taken here, but is known: it is refused with a word why, or another tag would
/// have chosen it. A name that nobody knows is a mistake, whatever its value.
fn is_known_elsewhere(objects: &[&'static Object], name: &str) -> bool {
    let tags = || objects.iter().filter_map(|object| object.tag);
    let is_taken = objects.iter().any(|object| object.field(name).is_some())
        || tags().any(|tag| tag.name == name);
    let is_refused = || objects.iter().any(|object| object.refusal(name).is_some());
    let mut arms = tags().flat_map(|tag| tag.arms);
    !is_taken && (is_refused() || arms.any(|arm| arm.object.field(name).is_some()))
}

/// What a text holds, if it is JSON of the type that belongs in its place.
fn unpacked(text: &str, schema: Schema) -> Option<(Value, Form)> {
    let (bracket, what) = match schema {
        Schema::Object(_) | Schema::Json(_) => ('{', "object"),
        Schema::List(_) => ('[', "array"),
        _ => return None,
    };
    if !text.trim_start().starts_with(bracket) {
        return None;
    }
    Some((json::value(text).ok()?, Form::InText(what)))
}
