//! The rules over several members.

mod compare;
mod limits;
mod parts;
mod sums;

use std::borrow::Cow;

use crate::{
    collect::{Collected, Found, is_among},
    node::{self, Node, Part, Path, Value},
    problem::{Circumstance, Label, Problem, ProblemKind, Subject},
    sink::Sink,
    table::{Asks, Condition, Rule, Step},
};

/// Checks one rule of an object, as far as the values are known.
pub(crate) fn check<'a, N: Node<'a>>(
    sink: &mut Sink<N>,
    rule: &'static Rule,
    node: N,
    path: &Path,
    label: Label,
) {
    let mut judge = Judge { sink, rule, node, path, label };
    if !judge.sink.is_over() && rule.when.iter().all(|condition| judge.holds(condition)) {
        judge.asks();
    }
}

/// A rule at an object.
struct Judge<'j, N> {
    sink: &'j mut Sink<N>,
    rule: &'static Rule,
    node: N,
    path: &'j Path,
    label: Label,
}

impl<'a, 'j, N: Node<'a>> Judge<'j, N> {
    fn asks(&mut self) {
        match &self.rule.asks {
            Asks::Unique(path) => self.unique(path),
            Asks::Same { path, any_case } => self.same(path, *any_case),
            Asks::SameCount { path, member } => self.same_count(path, member),
            Asks::AllOrNone { path, member } => self.all_or_none(path, member),
            Asks::Contiguous(path) => self.contiguous(path),
            Asks::Together(path) => self.together(path),
            Asks::SameValues { path, of, any_case } => self.same_values(path, of, *any_case),
            Asks::Samples { text, values, names } => self.samples(text, values, names),
            Asks::Among { path, among } => self.among(path, among),
            Asks::Total { path, max } => self.total(path, *max),
            Asks::EachNeeds { path, member } => self.each_needs(path, member),
            Asks::MaxLength { path, max } => self.max_length(path, *max),
            Asks::MaxBytes { path, max } => self.each_text(path, |text| text.len() <= *max),
            Asks::Matches { path, pattern } => self.each_text(path, |text| pattern.matches(text)),
            Asks::Within { path, min, max, others } => self.within(path, *min, *max, others),
            Asks::OneOf { path, values, any_case } => self.one_of(path, values, *any_case),
            Asks::Sum { total, terms } => self.sum(total, terms),
            Asks::Less { lesser, greater } => self.less(lesser, greater),
            Asks::Absent(member) => self.absent(member),
            Asks::Present(member) => self.present(member),
        }
    }

    /// Whether a condition certainly holds.
    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Is { path, values, any_case } => {
                self.collect(path).found.iter().any(|found| {
                    found.certain
                        && scalar(&found.node.value())
                            .is_some_and(|value| is_among(&value, values, *any_case))
                })
            }
            Condition::IsOrAbsent { path, values, any_case } => {
                let collected = self.collect(path);
                collected.complete
                    && collected.found.iter().all(|found| {
                        scalar(&found.node.value())
                            .is_some_and(|value| is_among(&value, values, *any_case))
                    })
            }
            Condition::CountAbove { path, above } => {
                let collected = self.collect(path);
                let known = |found: &&Found<N>| !found.node.value().is_open();
                // What is known of an expression is that it may be there.
                let is_optional = matches!(path.last(), Some(Step::Member(_)));
                collected.certain().filter(|found| !is_optional || known(found)).count() > *above
            }
            Condition::Absent(path) => {
                let collected = self.collect(path);
                collected.complete && collected.found.is_empty()
            }
            Condition::Matches { path, pattern } => self.collect(path).certain().any(
                |found| matches!(found.node.value(), Value::Text(text) if pattern.matches(&text)),
            ),
        }
    }

    fn collect<'c>(&self, path: &'c [Step]) -> Collected<'c, N>
    where
        'j: 'c,
    {
        Collected::new(self.node, self.path, path)
    }

    /// Reports a value of a member, in the words of the description if it has some.
    fn report(&mut self, at: N, path: Path, member: &'static str, kind: &dyn Fn() -> ProblemKind) {
        let label = self.label;
        self.report_at(at, Part::Whole, path, &|| Subject::member_of(label, member), kind);
    }

    #[inline(never)]
    fn report_at(
        &mut self,
        at: N,
        part: Part,
        path: Path,
        subject: &dyn Fn() -> Subject,
        kind: &dyn Fn() -> ProblemKind,
    ) {
        let rule = self.rule;
        let problem = || {
            let kind = match rule.says {
                "" => kind(),
                says => ProblemKind::Rule { says },
            };
            Problem::new(subject(), kind)
        };
        self.sink.report(at, part, path, &problem, rule.number);
    }

    /// When the rule holds.
    fn when(&self) -> Circumstance {
        Circumstance::when(self.rule.when)
    }

    fn absent(&mut self, member: &'static str) {
        let given = self.node.member(member);
        let is_there = |node: &N| !matches!(node.value(), Value::Null) && !node.value().is_open();
        let Some(given) = given.filter(is_there) else { return };
        let (label, when, path) = (self.label, self.when(), self.path.member(member));
        let subject = || Subject::member_of(label, member);
        self.report_at(given, Part::Name, path, &subject, &|| ProblemKind::NotTakenHere { when });
    }

    fn present(&mut self, member: &'static str) {
        let Value::Object(members) = self.node.value() else { return };
        let given = node::member(&members, member);
        let is_given = given.map(|value| !matches!(value.value(), Value::Null));
        if is_given.unwrap_or_else(|| self.node.is_partial()) {
            return;
        }
        let (when, path) = (self.when(), self.path.member(member));
        let at = given.unwrap_or(self.node);
        self.report(at, path, member, &|| ProblemKind::NeededHere { when });
    }
}

/// What can be compared of a value, as a text.
fn comparable<'a, N: Node<'a>>(node: N) -> Option<Cow<'a, str>> {
    match node.value() {
        Value::Text(text) => Some(text),
        value => scalar(&value).map(|text| Cow::Owned(text.into_owned())),
    }
}

/// A value that can be compared, as a text.
fn scalar<'v, N>(value: &'v Value<'_, N>) -> Option<Cow<'v, str>> {
    Some(match value {
        Value::Text(value) => Cow::Borrowed(&**value),
        Value::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        value => Cow::Owned(value.whole()?.to_string()),
    })
}

/// The last member that a path goes through.
fn last(steps: &[Step]) -> &'static str {
    Step::members(steps).next_back().unwrap_or_default()
}
