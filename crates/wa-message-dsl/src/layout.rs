//! The short form of an object: which names may be written in it, and where in the document each
//! of them lies.

use std::fmt;

use wa_message_rules::{Label, table::{Arm, Asks, ByName, Condition, Field, Object, Rule, Schema, Step, Tag}};

use crate::{
    diagnostic::Spot,
    tree::{Content, Member, Said, Tree},
};

/// The short form of an object, once its tags are known.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The fields that may be written.
    pub(crate) slots: Vec<Slot>,
    /// Names that stand for items of an array, with the slot of the array.
    pub(crate) by_name: Vec<(&'static ByName, usize)>,
    /// What has one value only: tags and constants.
    pub(crate) fixed: Vec<(Vec<&'static str>, Fixed)>,
    /// Constants that have to be there beside another member: its path, theirs and the value.
    pub(crate) dependent: Vec<(Vec<&'static str>, Vec<&'static str>, Fixed)>,
    /// The objects, outermost first, with whether they have to be there.
    pub(crate) objects: Vec<Placed>,
    /// The tags, for what a stray name may belong to.
    pub(crate) tags: Vec<&'static Tag>,
    /// Names of objects whose fields are written in their place.
    pub(crate) lifted: Vec<&'static str>,
    /// The kind of message, or what a sentence calls the object.
    pub(crate) label: Label,
}

/// The only value that something can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fixed {
    Text(&'static str),
    Integer(i64),
}

impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(value) => f.write_str(value),
            Self::Integer(value) => value.fmt(f),
        }
    }
}

/// A field that may be written, and its path from the object.
#[derive(Debug)]
pub(crate) struct Slot {
    /// The name in the short form.
    pub(crate) name: &'static str,
    pub(crate) path: Vec<&'static str>,
    pub(crate) field: &'static Field,
    /// Whether the name is a tag value that stands for the natural field of its arm.
    pub(crate) natural: bool,
}

impl Slot {
    /// In the place of a field that could not be understood, and was reported.
    pub(crate) fn failed(&self, spot: Spot) -> (Vec<&'static str>, Tree) {
        (self.path.clone(), Tree::new(Content::Failed, spot))
    }
}

/// An object in the place of which its fields are written.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) path: Vec<&'static str>,
    pub(crate) object: &'static Object,
    pub(crate) required: bool,
}

/// How the tag of an object is found.
pub(crate) enum Choice<'c> {
    /// The tag values that lead to a kind of message, outermost first.
    Kind(&'c mut dyn Iterator<Item = &'static str>),
    /// What is written.
    Written(&'c [Member]),
}

/// The tag of an object that could not be found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Untold {
    pub(crate) tag: &'static Tag,
    /// What a sentence calls the object.
    pub(crate) object: &'static Object,
}

impl Layout {
    pub(crate) fn new(object: &'static Object, choice: &mut Choice<'_>) -> Result<Self, Untold> {
        let mut layout = Self {
            slots: Vec::new(),
            by_name: Vec::new(),
            fixed: Vec::new(),
            dependent: Vec::new(),
            objects: Vec::new(),
            tags: Vec::new(),
            lifted: Vec::new(),
            label: Label::Phrase(object.label),
        };
        layout.object(object, Vec::new(), true, choice)?;
        let mut kinds = layout.objects.iter().rev().filter_map(|placed| placed.object.kind);
        if let Some(kind) = kinds.next() {
            layout.label = Label::Kind(kind);
        }
        Ok(layout)
    }

    /// The slot of a name. A field of the object goes before one with the same name further inside.
    pub(crate) fn slot(&self, name: &str) -> Option<&Slot> {
        let found = self.slots.iter().filter(|slot| slot.name == name);
        found.min_by_key(|slot| slot.path.len())
    }

    /// Where each value stands that has one value only, and how it is called: an error about it stands
    /// where it is written, or at the field that implies it.
    pub(crate) fn told(&self, written: &[Member], spot: Spot) -> Vec<(Spot, Said)> {
        let told = self.fixed.iter().map(|(path, value)| {
            let Fixed::Text(value) = value else { return (spot, Said::Unsaid) };
            let tag = written.iter().find(|member| {
                path.last() == Some(&member.name.as_str())
                    && matches!(&member.value.content, Content::Text(found) if found == value)
            });
            let field = written.iter().find(|member| member.name == *value);
            match (tag, field.and_then(|field| field.value.key)) {
                (Some(tag), _) => (tag.value.spot, Said::Plain),
                (None, key) => (key.unwrap_or(spot), Said::Unsaid),
            }
        });
        told.collect()
    }

    /// The fields that are written in an object in the place of which they should stand, with those
    /// further inside.
    pub(crate) fn unlifted(&self, members: Vec<Member>) -> Vec<Member> {
        let unlift = |member: Member| match member.value.content {
            Content::Object(inner) if self.lifted.contains(&member.name.as_str()) => {
                self.unlifted(inner)
            }
            content => vec![Member { value: Tree { content, ..member.value }, ..member }],
        };
        members.into_iter().flat_map(unlift).collect()
    }

    /// Whether a name is that of something that has one value only.
    pub(crate) fn is_fixed(&self, name: &str) -> bool {
        self.fixed.iter().any(|(path, _)| path.last() == Some(&name))
            || self.dependent.iter().any(|(_, path, _)| path.last() == Some(&name))
    }

    /// The slot at a path of the document: `text.body`.
    pub(crate) fn slot_at(&self, path: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.path.len() > 1 && slot.path.join(".") == path)
    }

    fn object(
        &mut self,
        object: &'static Object,
        path: Vec<&'static str>,
        required: bool,
        choice: &mut Choice<'_>,
    ) -> Result<(), Untold> {
        self.objects.push(Placed { path: path.clone(), object, required });
        for field in object.fields {
            self.field(field, &path, required, choice)?;
        }
        for rule in object.rules {
            self.dependent(object, rule, &path);
        }
        let Some(tag) = object.tag else { return Ok(()) };
        self.tags.push(tag);
        let arm = choose(tag, choice).ok_or(Untold { tag, object })?;
        self.fixed.push((below(&path, tag.name), Fixed::Text(arm.value)));
        if let Choice::Written(_) = choice
            && let Some((field, _)) = stands_for(arm)
        {
            let path = below(&path, field.name);
            self.slots.push(Slot { name: arm.value, path, field, natural: true });
        }
        self.object(arm.object, path, required, choice)
    }

    /// Notes a constant that a rule asks for beside another member.
    fn dependent(&mut self, object: &'static Object, rule: &Rule, path: &[&'static str]) {
        if let Asks::Present(member) = rule.asks
            && let [Condition::CountAbove { path: [Step::Member(given)], above: 0 }] = rule.when
            && let Some(value) = object.field(member).and_then(constant)
        {
            self.dependent.push((below(path, given), below(path, member), value));
        }
    }

    fn field(
        &mut self,
        field: &'static Field,
        path: &[&'static str],
        required: bool,
        choice: &mut Choice<'_>,
    ) -> Result<(), Untold> {
        let path = below(path, field.name);
        if let Schema::Object(inner) = field.schema
            && field.lifted
        {
            self.lifted.push(field.name);
            return self.object(inner, path, required && field.required, choice);
        }
        if field.required
            && let Some(value) = constant(field)
        {
            self.fixed.push((path.clone(), value));
        }
        for by_name in field.by_name {
            self.by_name.push((by_name, self.slots.len()));
        }
        self.slots.push(Slot { name: field.name, path, field, natural: false });
        Ok(())
    }
}

/// The field of an arm that the tag value, written as a name, stands for.
fn stands_for(arm: &'static Arm) -> Option<(&'static Field, &'static Arm)> {
    if arm.object.field(arm.value).is_some() {
        return None;
    }
    let natural = arm.object.natural?;
    arm.object.field(natural).map(|field| (field, arm))
}

fn choose(tag: &'static Tag, choice: &mut Choice<'_>) -> Option<&'static Arm> {
    match choice {
        Choice::Kind(values) => values.next().and_then(|value| tag.arm(value)),
        Choice::Written(written) => infer(tag, written),
    }
}

/// The arm that what is written belongs to.
pub(crate) fn infer(tag: &'static Tag, written: &[Member]) -> Option<&'static Arm> {
    // A member further inside may have the name of the tag, as others that are written show.
    if let [only] = tag.arms
        && knows(only.object, tag.name)
        && written.iter().any(|member| member.name != tag.name && knows(only.object, &member.name))
    {
        return Some(only);
    }
    let explicit = written.iter().find(|member| member.name == tag.name);
    if let Some(Content::Text(value)) = explicit.map(|member| &member.value.content) {
        return tag.arm(value);
    }
    if let [only] = tag.arms {
        return Some(only);
    }
    let named = |arm: &&Arm| written.iter().any(|member| member.name == arm.value);
    if let Some(arm) = tag.arms.iter().find(named) {
        return Some(arm);
    }
    // A name that only one arm knows.
    written.iter().find_map(|member| {
        let mut knowing = tag.arms.iter().filter(|arm| knows(arm.object, &member.name));
        match (knowing.next(), knowing.next()) {
            (Some(arm), None) => Some(arm),
            _ => None,
        }
    })
}

/// Whether an object can have a member of this name, whatever its tag says.
pub(crate) fn knows(object: &'static Object, name: &str) -> bool {
    let lifted = |field: &Field| match field.schema {
        Schema::Object(inner) if field.lifted => knows(inner, name),
        _ => false,
    };
    let inner = |tag: &'static Tag| {
        tag.name == name || tag.arms.iter().any(|arm| arm.value == name || knows(arm.object, name))
    };
    object.field(name).is_some()
        || object.fields.iter().any(lifted)
        || object.tag.is_some_and(inner)
}

fn below(path: &[&'static str], name: &'static str) -> Vec<&'static str> {
    path.iter().copied().chain([name]).collect()
}

/// The only value that a field can have.
pub(crate) fn constant(field: &Field) -> Option<Fixed> {
    match field.schema {
        Schema::Text(text) => text.constant().map(Fixed::Text),
        Schema::Integer(integer) => integer.constant.map(Fixed::Integer),
        _ => None,
    }
}
