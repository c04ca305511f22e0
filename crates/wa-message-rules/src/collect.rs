//! Following a path of a rule through a tree.

use crate::{
    node::{Count, Node, Path, Value},
    table::Step,
};

/// What lies at the end of a path.
pub(crate) struct Collected<'c, N> {
    pub(crate) found: Vec<Found<N>>,
    /// Whether nothing else can lie there.
    pub(crate) complete: bool,
    /// The way to it.
    start: &'c Path,
    steps: &'c [Step],
    /// The items that it goes through.
    items: Vec<Through>,
}

pub(crate) struct Found<N> {
    pub(crate) node: N,
    /// Whether it is in the document exactly once.
    pub(crate) certain: bool,
    /// The last item on the way, as its number among all of them.
    item: Option<usize>,
}

/// An item that a way goes through. To write down each way would take most of the work, and nobody reads
/// it as long as nothing is wrong.
struct Through {
    index: usize,
    before: Option<usize>,
}

impl<'a, 'c, N: Node<'a>> Collected<'c, N> {
    pub(crate) fn new(node: N, start: &'c Path, steps: &'c [Step]) -> Self {
        let mut collected =
            Self { found: Vec::new(), complete: true, start, steps, items: Vec::new() };
        collected.follow(node, None, steps, true);
        collected
    }

    pub(crate) fn certain(&self) -> impl Iterator<Item = &Found<N>> {
        self.found.iter().filter(|found| found.certain)
    }

    /// The array in which something was found, by the item around it, and its index there.
    pub(crate) fn place(&self, found: &Found<N>) -> Option<(Option<usize>, usize)> {
        let through = self.items.get(found.item?)?;
        Some((through.before, through.index))
    }

    /// Where something lies that was found.
    pub(crate) fn path(&self, found: &Found<N>) -> Path {
        if self.start.is_unread() {
            return Path::unread();
        }
        let mut indexes = Vec::new();
        let mut next = found.item;
        while let Some(item) = next.and_then(|item| self.items.get(item)) {
            indexes.push(item.index);
            next = item.before;
        }
        let step = |path: Path, step: &Step| match step {
            Step::Member(name) => path.member(name),
            Step::Each | Step::EachWith { .. } => path.item(indexes.pop().unwrap_or_default()),
        };
        self.steps.iter().fold(self.start.clone(), step)
    }

    fn follow(&mut self, node: N, item: Option<usize>, steps: &[Step], certain: bool) {
        let value = node.value();
        self.complete &= certain && !matches!(value, Value::Unknown);
        if let Value::OneOf(nodes) = value {
            self.complete = false;
            for node in nodes {
                self.follow(node, item, steps, false);
            }
            return;
        }
        let Some((step, rest)) = steps.split_first() else {
            if !matches!(value, Value::Null) {
                self.found.push(Found { node, certain, item });
            }
            return;
        };
        match (step, value) {
            (Step::Member(name), value) => match value.member(name) {
                Some(member) => self.follow(member, item, rest, certain),
                None => self.complete &= !node.is_partial(),
            },
            (Step::Each | Step::EachWith { .. }, Value::List(items)) => {
                for (index, inner) in items.into_iter().enumerate() {
                    let wanted = self.is_wanted(step, inner.node);
                    self.complete &= inner.count == Count::Once;
                    if wanted {
                        let certain = certain && inner.count == Count::Once;
                        let through = self.items.len();
                        self.items.push(Through { index, before: item });
                        self.follow(inner.node, Some(through), rest, certain);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether a step goes to an item.
    fn is_wanted(&mut self, step: &Step, item: N) -> bool {
        let Step::EachWith { member, values } = step else { return true };
        let found = item.text_of(member);
        self.complete &= found.is_some() || is_known(item);
        found.is_some_and(|found| is_among(&found, values, true))
    }
}

/// Whether a value is one of some, which may be meant in any case.
pub(crate) fn is_among(found: &str, values: &[&str], any_case: bool) -> bool {
    values.iter().any(|value| found == *value || any_case && found.eq_ignore_ascii_case(value))
}

/// Whether a value and its members are known.
fn is_known<'a, N: Node<'a>>(node: N) -> bool {
    match node.value() {
        Value::Object(members) => {
            !node.is_partial() && !members.iter().any(|(_, member)| member.value().is_open())
        }
        value => !value.is_open(),
    }
}
