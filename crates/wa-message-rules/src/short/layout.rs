//! An object of a document as the short form sees it: flat, with its tags known.

use crate::{
    Node, Value,
    names::{Constant, Names, Way},
    table::{Arm, Field, Kind, Object, Tag},
};

/// An object and what is lifted into it.
pub(super) struct Layout<N> {
    pub(super) names: Names,
    /// The members that are there.
    pub(super) given: Vec<Given<N>>,
    /// The objects that may be left out, and are there.
    optional: Vec<Way>,
}

/// A member that is there.
pub(super) struct Given<N> {
    pub(super) way: Way,
    pub(super) field: &'static Field,
    pub(super) node: N,
    /// The tag value that may be written in the place of its name.
    pub(super) stands: Option<&'static str>,
}

impl<'a, N: Node<'a>> Layout<N> {
    /// Lays out an object, unless a tag of it says nothing that is known.
    pub(super) fn new(object: &'static Object, node: N) -> Option<Self> {
        let mut is_told = true;
        let names = Names::of(object, &mut |tag, way| {
            // Without the object there is no tag, and which names its arms have does not matter.
            let owner = at(node, way)?;
            let arm = match given(owner, tag.name).map(N::value) {
                Some(Value::Text(value)) => tag.chosen(Some(&value)),
                None => tag.chosen(None),
                _ => None,
            };
            is_told &= arm.is_some();
            arm
        });
        let is_object =
            |way: &[_]| at(node, way).is_none_or(|inner| matches!(inner.value(), Value::Object(_)));
        if !is_told || !names.objects.iter().all(|placed| is_object(&placed.way)) {
            return None;
        }
        let given = names.slots.iter().filter(|slot| !slot.is_natural).filter_map(|slot| {
            let node = at(node, &slot.way)?;
            let stands = names.slots.iter().find(|other| other.is_natural && other.way == slot.way);
            let (way, stands) = (slot.way.clone(), stands.map(|natural| natural.name));
            Some(Given { way, field: slot.field, node, stands })
        });
        let given = given.collect();
        let optional = names.objects.iter().filter(|placed| !placed.required);
        let optional = optional.filter(|placed| at(node, &placed.way).is_some());
        let optional = optional.map(|placed| placed.way.clone()).collect();
        Some(Self { names, given, optional })
    }

    /// The same object, of which the name of a kind says the tags.
    pub(super) fn of_kind(self, kind: &'static Kind) -> Self {
        Self { names: Names::of_kind(kind), ..self }
    }

    /// The tags with the arms that they choose, outermost first.
    pub(super) fn tags(&self) -> Vec<(&'static Tag, &'static Arm)> {
        self.names.tags.iter().filter_map(|chosen| Some((chosen.tag, chosen.arm?))).collect()
    }

    /// Whether a name, when it is written, means the member at the end of a way.
    pub(super) fn leads_to(&self, name: &str, way: &[&'static str]) -> bool {
        self.names.by_name(name).is_none()
            && self.names.slot(name).is_some_and(|slot| slot.way == way)
    }

    /// Whether the short form fills a member in.
    pub(super) fn is_filled_in(&self, given: &Given<N>) -> bool {
        let is_constant = match (given.field.constant(), given.node.value()) {
            (Some(Constant::Text(only)), Value::Text(found)) => only == found,
            (Some(Constant::Integer(only)), Value::Integer(found)) => i128::from(only) == found,
            _ => false,
        };
        let mut dependent = self.names.dependent.iter().filter(|it| it.way == given.way);
        is_constant
            && (given.field.required
                || dependent
                    .any(|it| self.given.iter().any(|other| other.way.starts_with(&it.beside))))
    }

    /// Whether every object that may be left out holds something that is written.
    pub(super) fn shows_every_object(&self) -> bool {
        self.optional.iter().all(|object| {
            let mut inside = self.given.iter().filter(|given| given.way.starts_with(object));
            inside.any(|given| !self.is_filled_in(given))
        })
    }
}

/// The value at the end of a way, if it is there.
fn at<'a, N: Node<'a>>(node: N, way: &[&'static str]) -> Option<N> {
    way.iter().try_fold(node, |node, name| given(node, name))
}

/// A member that is there.
fn given<'a, N: Node<'a>>(node: N, name: &str) -> Option<N> {
    node.member(name).filter(|member| !matches!(member.value(), Value::Null))
}
