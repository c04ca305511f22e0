//! Following a path of a rule through a tree.

use crate::{
    check::member_text,
    node::{Count, Node, Path, Value},
    table::Step,
};

/// What lies at the end of a path.
pub(crate) struct Collected<N> {
    pub(crate) found: Vec<Found<N>>,
    /// Whether nothing else can lie there.
    pub(crate) complete: bool,
}

pub(crate) struct Found<N> {
    pub(crate) node: N,
    pub(crate) path: Path,
    /// Whether it is in the document exactly once.
    pub(crate) certain: bool,
}

impl<'a, N: Node<'a>> Collected<N> {
    pub(crate) fn new(node: N, path: &Path, steps: &[Step]) -> Self {
        let mut collected = Self { found: Vec::new(), complete: true };
        collected.follow(node, path.clone(), steps, true);
        collected
    }

    pub(crate) fn certain(&self) -> impl Iterator<Item = &Found<N>> {
        self.found.iter().filter(|found| found.certain)
    }

    fn follow(&mut self, node: N, path: Path, steps: &[Step], certain: bool) {
        let value = node.value();
        self.complete &= certain && !matches!(value, Value::Unknown);
        if let Value::OneOf(nodes) = value {
            self.complete = false;
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
                        Step::EachWith { member, values } => {
                            let found = member_text(item.node, member);
                            self.complete &= found.is_some() || is_known(item.node);
                            found.is_some_and(|found| is_among(&found, values, true))
                        }
                        _ => true,
                    };
                    self.complete &= item.count == Count::Once;
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

/// Whether a value is one of some, which may be meant in any case.
pub(crate) fn is_among(found: &str, values: &[&str], any_case: bool) -> bool {
    values.iter().any(|value| found == *value || any_case && found.eq_ignore_ascii_case(value))
}

/// Whether a value and its members are known.
fn is_known<'a, N: Node<'a>>(node: N) -> bool {
    match node.value() {
        Value::Unknown | Value::OneOf(_) => false,
        Value::Object(members) => !members
            .iter()
            .any(|(_, member)| matches!(member.value(), Value::Unknown | Value::OneOf(_))),
        _ => true,
    }
}
