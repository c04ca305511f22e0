//! Following a path of a rule through a tree.

use crate::{
    check::member_text,
    node::{Count, Node, Path, Value},
    table::Step,
};

/// What lies at the end of a path.
pub(crate) struct Collected<N> {
    pub(crate) found: Vec<Found<N>>,
}

pub(crate) struct Found<N> {
    pub(crate) node: N,
    pub(crate) path: Path,
    /// Whether it is in the document exactly once.
    pub(crate) certain: bool,
}

impl<'a, N: Node<'a>> Collected<N> {
    pub(crate) fn new(node: N, path: &Path, steps: &[Step]) -> Self {
        let mut collected = Self { found: Vec::new() };
        collected.follow(node, path.clone(), steps, true);
        collected
    }

    pub(crate) fn certain(&self) -> impl Iterator<Item = &Found<N>> {
        self.found.iter().filter(|found| found.certain)
    }

    fn follow(&mut self, node: N, path: Path, steps: &[Step], certain: bool) {
        let value = node.value();
        if let Value::OneOf(nodes) = value {
            for node in nodes {
                self.follow(node, path.clone(), steps, false);
            }
            return;
        }
        let Some((step, rest)) = steps.split_first() else {
            if !matches!(value, Value::Null) {
                self.found.push(Found { node, path, certain });
            }
            return;
        };
        match (step, value) {
            (Step::Member(name), Value::Object(members)) => {
                if let Some((_, member)) = members.into_iter().find(|(known, _)| known == name) {
                    self.follow(member, path.member(name), rest, certain);
                }
            }
            (Step::Each | Step::EachWith { .. }, Value::List(items)) => {
                for (index, item) in items.into_iter().enumerate() {
                    let wanted = match step {
                        Step::EachWith { member, value } => {
                            member_text(item.node, member).is_some_and(|text| text == *value)
                        }
                        _ => true,
                    };
                    if wanted {
                        let certain = certain && item.count == Count::Once;
                        self.follow(item.node, path.item(index), rest, certain);
                    }
                }
            }
            _ => {}
        }
    }
}
