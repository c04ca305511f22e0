//! The names of the short form: which of them may be written in an object, and where in the document each
//! of them lies.
//!
//! This is the one place that knows the short form. The language resolves by it, the printer goes the way
//! back, and suggestions, editors and the manual read the names out of it.

mod instead;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::{
    problem::Label,
    table::{Arm, Asks, ByName, Condition, Field, Kind, Object, Rule, Schema, Step, Tag},
};

pub use instead::Instead;

/// The members that lead from an object to a value.
pub type Way = Vec<&'static str>;

/// The short form of an object, as far as its tags are known.
#[derive(Debug)]
pub struct Names {
    /// The fields that may be written, in the order of the description.
    pub slots: Vec<Slot>,
    /// Names that stand for items of an array, each with the index of the slot of the array.
    pub by_name: Vec<(&'static ByName, usize)>,
    /// What has one value only, and is filled in: tags and constants.
    pub fixed: Vec<(Way, Constant)>,
    /// Constants that are filled in beside another member.
    pub dependent: Vec<Dependent>,
    /// The object and those that its fields are written in the place of, with what their tags choose.
    pub objects: Vec<Placed>,
    /// The tags, each with the arm that is chosen.
    pub tags: Vec<Chosen>,
    /// Names of objects whose fields are written in their place.
    pub lifted: Vec<&'static str>,
    /// The kind of message, or what a sentence calls the object.
    pub label: Label,
}

/// A field that may be written.
#[derive(Debug)]
pub struct Slot {
    /// The name in the short form.
    pub name: &'static str,
    /// Where it lies.
    pub way: Way,
    /// The field.
    pub field: &'static Field,
    /// Whether the name is a tag value that stands for the natural field of its arm.
    pub is_natural: bool,
    /// Whether it has to be given wherever the object is.
    pub is_needed: bool,
    /// Whether the object has it whatever its tags say.
    pub is_shared: bool,
}

/// An object in the place of which its fields are written.
#[derive(Debug)]
pub struct Placed {
    /// Where it lies.
    pub way: Way,
    /// Its table.
    pub object: &'static Object,
    /// Whether it has to be there.
    pub required: bool,
}

/// A tag, and what it chooses.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The tag.
    pub tag: &'static Tag,
    /// The object that has it.
    pub object: &'static Object,
    /// The arm, unless nothing says which it is.
    pub arm: Option<&'static Arm>,
}

/// A constant that a rule asks for beside another member.
#[derive(Debug)]
pub struct Dependent {
    /// The other member.
    pub beside: Way,
    /// The constant.
    pub way: Way,
    /// Its value.
    pub value: Constant,
}

/// The only value that something can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// A text.
    Text(&'static str),
    /// A whole number.
    Integer(i64),
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(value) => f.write_str(value),
            Self::Integer(value) => value.fmt(f),
        }
    }
}

impl Field {
    /// Returns the only value that the field can have, if there is but one.
    #[must_use]
    pub fn constant(&self) -> Option<Constant> {
        match self.schema {
            Schema::Text(text) => text.constant().map(Constant::Text),
            Schema::Integer(integer) => integer.constant.map(Constant::Integer),
            _ => None,
        }
    }

    /// Returns whether the short form fills the field in wherever its object is.
    #[must_use]
    pub fn is_filled_in(&self) -> bool {
        self.required && self.constant().is_some()
    }

    /// Returns the object in the place of which its fields are written.
    #[must_use]
    pub fn lifts(&self) -> Option<&'static Object> {
        match self.schema {
            Schema::Object(inner) if self.lifted => Some(inner),
            _ => None,
        }
    }
}

impl Names {
    /// The names of a kind of message.
    #[must_use]
    pub fn of_kind(kind: &'static Kind) -> Self {
        let mut tags = kind.tags.iter();
        let choose = &mut |tag: &'static Tag, _: &[_]| tags.next().and_then(|value| tag.arm(value));
        Self::collect(kind.root, Reach { is_kind: true, has_all_arms: false }, choose)
    }

    /// The names of an object. `choose` says which arm a tag chooses that lies behind the members of a
    /// way; where it does not know, the names of the arms are left out.
    #[must_use]
    pub fn of(
        object: &'static Object,
        choose: &mut dyn FnMut(&'static Tag, &[&'static str]) -> Option<&'static Arm>,
    ) -> Self {
        Self::collect(object, Reach { is_kind: false, has_all_arms: false }, choose)
    }

    /// The same, with the names of all arms where it is not known which of them is chosen.
    #[must_use]
    pub fn with_all_arms(
        object: &'static Object,
        choose: &mut dyn FnMut(&'static Tag, &[&'static str]) -> Option<&'static Arm>,
    ) -> Self {
        Self::collect(object, Reach { is_kind: false, has_all_arms: true }, choose)
    }

    /// Returns the slot of a name. A field of the object goes before one with the same name further inside.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<&Slot> {
        let found = self.slots.iter().filter(|slot| slot.name == name);
        found.min_by_key(|slot| slot.way.len())
    }

    /// Returns what stands for items of an array under a name, with the slot of the array.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<(&'static ByName, &Slot)> {
        let found = self.by_name.iter().find(|(by_name, _)| by_name.name == name);
        found.map(|(by_name, slot)| (*by_name, &self.slots[*slot]))
    }

    /// Returns the first tag of which nothing says what it chooses.
    #[must_use]
    pub fn open(&self) -> Option<&Chosen> {
        self.tags.iter().find(|tag| tag.arm.is_none())
    }

    fn collect(object: &'static Object, reach: Reach, choose: Choose<'_>) -> Self {
        let names = Self {
            slots: Vec::new(),
            by_name: Vec::new(),
            fixed: Vec::new(),
            dependent: Vec::new(),
            objects: Vec::new(),
            tags: Vec::new(),
            lifted: Vec::new(),
            label: Label::Phrase(object.label),
        };
        let mut collector = Collector { names, reach, choose };
        collector.object(object, Vec::new(), At { required: true, is_shared: true });
        let mut names = collector.names;
        let mut kinds = names.objects.iter().rev().filter_map(|placed| placed.object.kind);
        if let Some(kind) = kinds.next() {
            names.label = Label::Kind(kind);
        }
        names
    }
}

type Choose<'c> = &'c mut dyn FnMut(&'static Tag, &[&'static str]) -> Option<&'static Arm>;

/// How far the names reach.
#[derive(Clone, Copy)]
struct Reach {
    /// Whether the name of the kind has said what the tags are. Then no tag value stands for a field.
    is_kind: bool,
    has_all_arms: bool,
}

/// What is known of the place of an object.
#[derive(Clone, Copy)]
struct At {
    required: bool,
    is_shared: bool,
}

struct Collector<'c> {
    names: Names,
    reach: Reach,
    choose: Choose<'c>,
}

impl Collector<'_> {
    fn object(&mut self, object: &'static Object, way: Way, at: At) {
        self.names.objects.push(Placed { way: way.clone(), object, required: at.required });
        for field in object.fields {
            self.field(field, &way, at);
        }
        for rule in object.rules {
            self.dependent(object, rule, &way);
        }
        let Some(tag) = object.tag else { return };
        let arm = (self.choose)(tag, &way);
        self.names.tags.push(Chosen { tag, object, arm });
        if let Some(arm) = arm {
            self.names.fixed.push((below(&way, tag.name), Constant::Text(arm.value)));
            self.arm(arm, way, at);
        } else if self.reach.has_all_arms {
            for arm in tag.arms {
                self.arm(arm, way.clone(), at);
            }
        }
    }

    fn arm(&mut self, arm: &'static Arm, way: Way, at: At) {
        let at = At { is_shared: false, ..at };
        if !self.reach.is_kind
            && let Some(field) = arm.stands_for()
        {
            let way = below(&way, field.name);
            self.slot(arm.value, way, field, at, true);
        }
        self.object(arm.object, way, at);
    }

    fn field(&mut self, field: &'static Field, way: &[&'static str], at: At) {
        let way = below(way, field.name);
        if let Some(inner) = field.lifts() {
            self.names.lifted.push(field.name);
            return self.object(inner, way, At { required: at.required && field.required, ..at });
        }
        if field.required
            && let Some(value) = field.constant()
        {
            self.names.fixed.push((way.clone(), value));
        }
        for by_name in field.by_name {
            self.names.by_name.push((by_name, self.names.slots.len()));
        }
        self.slot(field.name, way, field, at, false);
    }

    fn slot(
        &mut self,
        name: &'static str,
        way: Way,
        field: &'static Field,
        at: At,
        is_natural: bool,
    ) {
        let is_needed = at.required && field.required;
        let is_shared = at.is_shared;
        self.names.slots.push(Slot { name, way, field, is_natural, is_needed, is_shared });
    }

    /// Notes a constant that a rule asks for beside another member.
    fn dependent(&mut self, object: &'static Object, rule: &Rule, way: &[&'static str]) {
        if let Asks::Present(member) = rule.asks
            && let [Condition::CountAbove { path: [Step::Member(given)], above: 0 }] = rule.when
            && let Some(value) = object.field(member).and_then(Field::constant)
        {
            let (beside, way) = (below(way, given), below(way, member));
            self.names.dependent.push(Dependent { beside, way, value });
        }
    }
}

impl Arm {
    /// Returns the field for which the value of the tag stands, written as a name.
    #[must_use]
    pub fn stands_for(&self) -> Option<&'static Field> {
        if self.object.field(self.value).is_some() {
            return None;
        }
        self.object.natural.and_then(|natural| self.object.field(natural))
    }
}

fn below(way: &[&'static str], name: &'static str) -> Way {
    [way, &[name]].concat()
}

/// Returns the arm that the members of an object belong to, each with its text if it is one.
pub fn infer<'w>(
    tag: &'static Tag,
    mut written: impl Iterator<Item = (&'w str, Option<&'w str>)> + Clone,
) -> Option<&'static Arm> {
    let mut names = written.clone().map(|(name, _)| name);
    // A member further inside may have the name of the tag, as others that are written show.
    if let Some(only) = tag.only()
        && only.object.knows(tag.name)
        && names.clone().any(|name| name != tag.name && only.object.knows(name))
    {
        return Some(only);
    }
    let explicit = written.find(|(name, _)| *name == tag.name);
    if let Some((_, Some(value))) = explicit {
        return tag.arm(value);
    }
    if let Some(only) = tag.only() {
        return Some(only);
    }
    let named = |arm: &&Arm| names.clone().any(|name| name == arm.value);
    if let Some(arm) = tag.arms.iter().find(named) {
        return Some(arm);
    }
    // A name that only one arm knows.
    names.find_map(|name| {
        let mut knowing = tag.arms.iter().filter(|arm| arm.object.knows(name));
        match (knowing.next(), knowing.next()) {
            (Some(arm), None) => Some(arm),
            _ => None,
        }
    })
}

impl Object {
    /// Returns whether the short form can have a field of this name, whatever its tags say.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        let inner = |tag: &Tag| {
            let knows = |arm: &Arm| arm.value == name || arm.object.knows(name);
            tag.name == name || tag.arms.iter().any(knows)
        };
        self.field(name).is_some()
            || self.fields.iter().any(|field| field.lifts().is_some_and(|inner| inner.knows(name)))
            || self.tag.is_some_and(inner)
    }

    /// Returns the name under which the short form knows the natural field.
    #[must_use]
    pub fn natural_name(&self) -> Option<&'static str> {
        let natural = self.natural?;
        let mut arms = self.tag.into_iter().flat_map(|tag| tag.arms);
        let field = self.field(natural).or_else(|| arms.find_map(|arm| arm.object.field(natural)));
        field.and_then(Field::lifts).map_or(Some(natural), Self::natural_name)
    }
}
