//! An object of a document as the short form sees it: flat, with its tags known.

use super::{constant, print::Written};
use crate::{
    Node, Value,
    table::{Arm, Asks, Condition, Field, Object, Schema, Step, Tag},
};

pub(super) type Path = Vec<&'static str>;

/// An object and what is lifted into it.
pub(super) struct Layout<N> {
    /// The names that may be written.
    pub(super) slots: Vec<Slot>,
    /// The members that are there.
    pub(super) given: Vec<Given<N>>,
    /// The tags with the arms that they choose, outermost first.
    pub(super) tags: Vec<(&'static Tag, &'static Arm)>,
    /// Constants that are filled in beside another member: its path and theirs.
    dependent: Vec<(Path, Path)>,
    /// Objects that may be left out, and are there.
    optional: Vec<Path>,
    by_name: Vec<&'static str>,
}

/// A name that may be written.
pub(super) struct Slot {
    pub(super) name: &'static str,
    pub(super) path: Path,
    pub(super) field: &'static Field,
}

/// A member that is there.
pub(super) struct Given<N> {
    pub(super) path: Path,
    pub(super) field: &'static Field,
    pub(super) node: N,
    /// The tag value that may be written in the place of its name.
    pub(super) stands: Option<&'static str>,
}

impl<'a, N: Node<'a>> Layout<N> {
    pub(super) fn new(object: &'static Object, node: N) -> Option<Self> {
        let mut layout = Self {
            slots: Vec::new(),
            given: Vec::new(),
            tags: Vec::new(),
            dependent: Vec::new(),
            optional: Vec::new(),
            by_name: Vec::new(),
        };
        layout.object(object, &[], Some(node), true, None)?;
        Some(layout)
    }

    /// The slot that the macro takes a name for.
    pub(super) fn slot(&self, name: &str) -> Option<&Slot> {
        let found = self.slots.iter().filter(|slot| slot.name == name);
        found.min_by_key(|slot| slot.path.len())
    }

    /// Whether a name, when it is written, means the member at a path.
    pub(super) fn leads_to(&self, name: &str, path: &[&'static str]) -> bool {
        !self.by_name.contains(&name) && self.slot(name).is_some_and(|slot| slot.path == path)
    }

    /// Whether the short form fills a member in.
    pub(super) fn is_filled_in(&self, given: &Given<N>) -> bool {
        constant(given.field, &given.node.value())
            && (given.field.required
                || self.dependent.iter().any(|(beside, path)| {
                    *path == given.path
                        && self.given.iter().any(|other| other.path.starts_with(beside))
                }))
    }

    /// Whether every object that may be left out holds something that is written.
    pub(super) fn shows_every_object(&self) -> bool {
        self.optional.iter().all(|object| {
            let mut inside = self.given.iter().filter(|given| given.path.starts_with(object));
            inside.any(|given| !self.is_filled_in(given))
        })
    }

    fn object(
        &mut self,
        object: &'static Object,
        path: &[&'static str],
        node: Option<N>,
        required: bool,
        arm: Option<&'static Arm>,
    ) -> Option<()> {
        let members = match node.map(N::value) {
            Some(Value::Object(members)) => members,
            None => Vec::new(),
            _ => return None,
        };
        let member = |name: &str| {
            let found = members.iter().find(|(known, _)| *known == name).map(|(_, node)| *node);
            found.filter(|node| !matches!(node.value(), Value::Null))
        };
        for field in object.fields {
            let path: Path = below(path, field.name);
            let value = member(field.name);
            if let (Schema::Object(inner), true) = (field.schema, field.lifted) {
                let required = required && field.required;
                if value.is_some() && !required {
                    self.optional.push(path.clone());
                }
                self.object(inner, &path, value, required, None)?;
                continue;
            }
            self.by_name.extend(field.by_name.iter().map(|by_name| by_name.name));
            let stands = arm.filter(|arm| stands_for(arm) == Some(field.name)).map(|arm| arm.value);
            if let Some(node) = value {
                self.given.push(Given { path: path.clone(), field, node, stands });
            }
            if let Some(name) = stands {
                self.slots.push(Slot { name, path: path.clone(), field });
            }
            self.slots.push(Slot { name: field.name, path, field });
        }
        for rule in object.rules {
            if let Asks::Present(member) = rule.asks
                && let [Condition::CountAbove { path: [Step::Member(beside)], above: 0 }] =
                    rule.when
            {
                self.dependent.push((below(path, beside), below(path, member)));
            }
        }
        // Without the object there is no tag, and which names its arms have does not matter.
        let (Some(tag), Some(_)) = (object.tag, node) else { return Some(()) };
        let arm = match member(tag.name).map(N::value) {
            Some(Value::Text(value)) => tag.arm(&value)?,
            None => tag.default.map(|default| &tag.arms[default])?,
            _ => return None,
        };
        self.tags.push((tag, arm));
        self.object(arm.object, path, node, required, Some(arm))
    }
}

fn below(path: &[&'static str], name: &'static str) -> Path {
    path.iter().copied().chain([name]).collect()
}

/// The field of an arm that the tag value, written as a name, stands for.
fn stands_for(arm: &'static Arm) -> Option<&'static str> {
    let natural = arm.object.natural?;
    let free = arm.object.field(arm.value).is_none() && arm.object.field(natural).is_some();
    free.then_some(natural)
}

/// The name under which the short form knows the natural field of an object.
pub(super) fn natural_name(object: &'static Object) -> Option<&'static str> {
    let natural = object.natural?;
    let mut arms = object.tag.into_iter().flat_map(|tag| tag.arms);
    let field = object.field(natural).or_else(|| arms.find_map(|arm| arm.object.field(natural)));
    match field.map(|field| (field.lifted, field.schema)) {
        Some((true, Schema::Object(inner))) => natural_name(inner),
        _ => Some(natural),
    }
}

/// The arm that the macro takes what is written for.
pub(super) fn infers(tag: &'static Tag, written: &[(String, Written)]) -> Option<&'static Arm> {
    if let [only] = tag.arms {
        return Some(only);
    }
    if let Some((_, Written::Text(value))) = written.iter().find(|(name, _)| name == tag.name) {
        return tag.arm(value);
    }
    let named = |arm: &&Arm| written.iter().any(|(name, _)| name == arm.value);
    if let Some(arm) = tag.arms.iter().find(named) {
        return Some(arm);
    }
    written.iter().find_map(|(name, _)| {
        let mut knowing = tag.arms.iter().filter(|arm| knows(arm.object, name));
        match (knowing.next(), knowing.next()) {
            (Some(arm), None) => Some(arm),
            _ => None,
        }
    })
}

/// Whether an object can have a member of this name, whatever its tag says.
pub(super) fn knows(object: &'static Object, name: &str) -> bool {
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
