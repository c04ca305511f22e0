//! The components that a message gives.

use std::borrow::Cow;

use crate::{
    definition::table::Sent,
    node::{Count, Item, Node, Path, Value},
};

/// The components that a message gives to a template or to a card.
pub(super) struct Given<N> {
    pub(super) components: Vec<Component<N>>,
    /// Whether there may be more, which are known while the program runs.
    pub(super) is_open: bool,
}

/// A component that a message gives.
pub(super) struct Component<N> {
    pub(super) node: N,
    pub(super) path: Path,
    tag: String,
}

/// The items of an array that a message gives.
pub(super) enum Items<N> {
    /// It is not there.
    None,
    /// Nothing is known of it.
    Open,
    /// These.
    All(Vec<Item<N>>),
}

impl<'a, N: Node<'a>> Items<N> {
    /// The items of a member.
    pub(super) fn of(node: N, name: &str) -> Self {
        match node.member(name).map(Node::value) {
            None if node.is_partial() => Self::Open,
            None | Some(Value::Null) => Self::None,
            Some(Value::List(items)) => Self::All(items),
            Some(_) => Self::Open,
        }
    }

    /// How many there are for certain, and whether there may be fewer or more of what is uncertain.
    pub(super) fn count(items: &[Item<N>]) -> (usize, usize, bool) {
        let of = |count: Count| items.iter().filter(|item| item.count == count).count();
        (of(Count::Once), of(Count::Maybe), of(Count::Many) > 0)
    }
}

impl<'a, N: Node<'a>> Given<N> {
    /// The components of a template or a card.
    pub(super) fn of(node: N, sent: &Sent, path: &Path) -> Self {
        let mut given = Self { components: Vec::new(), is_open: false };
        let items = match Items::of(node, sent.components) {
            Items::None => return given,
            Items::Open => {
                given.is_open = true;
                return given;
            }
            Items::All(items) => items,
        };
        for (index, item) in items.into_iter().enumerate() {
            given.is_open |= item.count != Count::Once;
            match item.node.text_of(sent.tag) {
                Some(tag) => given.components.push(Component {
                    node: item.node,
                    path: path.item(index),
                    tag: tag.to_ascii_lowercase(),
                }),
                None => given.is_open = true,
            }
        }
        given
    }

    /// The component of a tag.
    pub(super) fn tagged(&self, tag: &str) -> Option<&Component<N>> {
        self.components.iter().find(|component| component.tag == tag)
    }

    /// All components of a tag.
    pub(super) fn all_tagged(&self, tag: &str) -> impl Iterator<Item = &Component<N>> {
        self.components.iter().filter(move |component| component.tag == tag)
    }
}

impl<N> Component<N> {
    pub(super) fn tag(&self) -> &str {
        &self.tag
    }
}

/// Whether a value is there and is not `null`.
pub(super) fn is_given<'a, N: Node<'a>>(node: Option<N>) -> bool {
    node.is_some_and(|node| !matches!(node.value(), Value::Null))
}

/// The text of a member, and its node.
pub(super) fn text_at<'a, N: Node<'a>>(node: N, name: &str) -> Option<(N, Cow<'a, str>)> {
    let member = node.member(name)?;
    match member.value() {
        Value::Text(text) => Some((member, text)),
        _ => None,
    }
}
