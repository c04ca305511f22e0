//! Where a name is known that is not known here.

use std::collections::VecDeque;

use crate::{
    names::Names,
    problem::Label,
    table::{Arm, Field, Kind, Object, Schema, Tag},
};

/// The form in which a message is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The JSON as it is sent.
    Wire,
    /// The form of the macro that leaves out what is known.
    Short,
}

/// Says which arm a tag chooses in the object behind some members, if what is written tells it.
pub type Choice<'c> = &'c dyn Fn(&[&'static str], &'static Tag) -> Option<&'static Arm>;

/// How many arrays and objects further inside a name is looked for.
const DEPTH: usize = 3;

/// The kinds that have a field.
pub(crate) fn kinds_with(kinds: &'static [Kind], name: &str) -> Vec<Label> {
    let mut owners: Vec<Label> = Vec::new();
    // Most names are known nowhere, and to lay out every kind for each of them takes long.
    for kind in kinds.iter().filter(|kind| has(kind.root, name)) {
        let names = Names::of_kind(kind);
        let slot = names.by_name(name).map(|(_, slot)| slot).or_else(|| names.slot(name));
        let owner = match slot {
            // What all messages have belongs to none of their kinds.
            Some(slot) if slot.is_shared && kind.root.kind.is_none() => {
                Label::Phrase(kind.root.label)
            }
            Some(_) => Label::Kind(kind.name),
            None => continue,
        };
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    owners
}

/// Whether an object can have a field of this name, whatever its tags say.
fn has(object: &Object, name: &str) -> bool {
    let is_named = |field: &Field| {
        field.name == name
            || field.by_name.iter().any(|by_name| by_name.name == name)
            || field.lifts().is_some_and(|inner| has(inner, name))
    };
    object.fields.iter().any(is_named)
        || object.tag.is_some_and(|tag| tag.arms.iter().any(|arm| has(arm.object, name)))
}

/// A way from an object to a member further inside, as it is written.
struct Way {
    objects: Vec<(&'static Object, bool)>,
    /// The member that it goes through first.
    first: Option<&'static str>,
    /// All members that it goes through, unless there is an array among them.
    members: Option<Vec<&'static str>>,
    start: String,
    end: String,
}

impl Way {
    /// The way that has not gone anywhere yet. All that the tags of the objects chose is among them.
    fn from(objects: &[&'static Object]) -> Self {
        Self {
            objects: objects.iter().map(|object| (*object, false)).collect(),
            first: None,
            members: Some(Vec::new()),
            start: String::new(),
            end: String::new(),
        }
    }

    fn fields(&self, choice: Choice<'_>) -> Vec<&'static Field> {
        let arm = |tag| self.members.as_deref().and_then(|members| choice(members, tag));
        let within = |(object, arms): &(&'static Object, bool)| fields_within(object, *arms, &arm);
        self.objects.iter().flat_map(within).collect()
    }
}

/// The fields of an object, and of all that its tags can choose if nothing has chosen yet.
///
/// They are not the `Names` of the short form: the wire form is searched too, which lifts nothing.
fn fields_within(
    object: &'static Object,
    arms: bool,
    arm: &dyn Fn(&'static Tag) -> Option<&'static Arm>,
) -> Vec<&'static Field> {
    let mut fields: Vec<_> = object.fields.iter().collect();
    if let Some(tag) = object.tag.filter(|_| arms) {
        let told = arm(tag);
        let possible = |arm: &&Arm| told.is_none_or(|told| std::ptr::eq(told, *arm));
        for inner in tag.arms.iter().filter(possible) {
            fields.extend(fields_within(inner.object, true, arm));
        }
    }
    fields
}

/// How a name is written that is known further inside: `sections: [{ rows: .. }]`, and the member that
/// it stands in.
pub(crate) fn further_inside(
    objects: &[&'static Object],
    name: &str,
    form: Form,
    choice: Choice<'_>,
) -> Option<(String, &'static str)> {
    let mut ways = VecDeque::from([(Way::from(objects), 0)]);
    while let Some((way, depth)) = ways.pop_front() {
        let fields = way.fields(choice);
        if let Some(first) = way.first
            && fields.iter().any(|field| field.name == name)
        {
            let written = format!("{}{}: ..{}", way.start, key(name, form), way.end);
            return Some((written, first));
        }
        if depth == DEPTH {
            continue;
        }
        for field in fields {
            // What is written in the place of an object is among the objects from the start, and only as
            // far as the kind has it.
            if form == Form::Short && field.lifted && way.first.is_none() {
                continue;
            }
            if form == Form::Wire
                && let Some(by_name) = field.by_name.iter().find(|by_name| by_name.name == name)
                && let Some(tag) = items_of(field).and_then(|object| object.tag)
            {
                let (start, end) = (&way.start, &way.end);
                let first = way.first.unwrap_or(field.name);
                let (field, tag) = (key(field.name, form), key(tag.name, form));
                let value = by_name.value;
                let written = format!("{start}{field}: [{{ {tag}: \"{value}\", .. }}]{end}");
                return Some((written, first));
            }
            if let Some(way) = further(&way, field, form) {
                let depth = if form == Form::Short && field.lifted { depth } else { depth + 1 };
                ways.push_back((way, depth));
            }
        }
    }
    None
}

fn further(way: &Way, field: &'static Field, form: Form) -> Option<Way> {
    let name = key(field.name, form);
    let (object, open, close) = match field.schema {
        Schema::Object(object) if field.lifted && form == Form::Short => {
            (object, String::new(), "")
        }
        Schema::Object(object) => (object, format!("{name}: {{ "), " }"),
        // Items that have names of their own are written by them.
        Schema::List(_) if form == Form::Short && !field.by_name.is_empty() => return None,
        Schema::List(_) => (items_of(field)?, format!("{name}: [{{ "), " }]"),
        _ => return None,
    };
    Some(Way {
        objects: vec![(object, true)],
        first: way.first.or(Some(field.name)),
        members: match (&way.members, field.schema) {
            (Some(members), Schema::Object(_)) => Some([members, &[field.name][..]].concat()),
            _ => None,
        },
        start: format!("{}{open}", way.start),
        end: format!("{close}{}", way.end),
    })
}

fn items_of(field: &Field) -> Option<&'static Object> {
    match field.schema {
        Schema::List(list) => match list.items {
            Schema::Object(object) => Some(object),
            _ => None,
        },
        _ => None,
    }
}

fn key(name: &str, form: Form) -> String {
    match form {
        Form::Wire => format!("\"{name}\""),
        Form::Short => name.to_owned(),
    }
}

/// How a bare value is written in full, where only the short form takes it as it is: `{ "text": .. }`.
pub(crate) fn in_full(object: &'static Object) -> Option<String> {
    let natural = object.natural?;
    if let Some(field) = object.field(natural) {
        let inner = field.lifts().and_then(in_full).unwrap_or_else(|| "..".to_owned());
        return Some(format!("{{ \"{natural}\": {inner} }}"));
    }
    let tag = object.tag?;
    let arm = tag.arms.iter().find(|arm| arm.object.field(natural).is_some())?;
    Some(format!("{{ \"{}\": \"{}\", \"{natural}\": .. }}", tag.name, arm.value))
}
