//! Checks a text by itself: its limits, and the rules that look at nothing else.
//!
//! The walk over a tree does it for each text. Of a message in which nothing but texts is open, the macro
//! names their checks one by one, so that the program links these and not the tables of everything.

use crate::{
    limits,
    problem::{Label, Problem, ProblemKind, Subject},
    table::{Asks, Condition, Object, Rule, Schema, Step, Text},
    text,
};

/// What is asked of a text that the program evaluates.
///
#[derive(Debug, Clone, Copy)]
pub struct OneText {
    /// What a sentence calls the object around it.
    pub owner: Label,
    /// The limits of the text.
    pub limits: &'static Text,
    /// The rules that look at the text alone. Every other condition of them is known to hold.
    pub rules: &'static [&'static Rule],
}

impl OneText {
    /// Whether a text keeps all of it.
    #[must_use]
    pub fn holds(&self, found: &str) -> bool {
        let Self { limits, rules, .. } = self;
        // Most texts need not be counted for this.
        text::fits(found, limits.min, limits.max)
            && limits::form(limits, found).is_none()
            && rules.iter().all(|rule| holds(rule, found))
    }

    /// Returns what a problem with the text is about, which is the member of this name or an item of it.
    #[must_use]
    pub fn subject(&self, member: &str, is_item: bool) -> Subject {
        let subject = Subject::named(self.owner, member);
        if is_item { subject.item() } else { subject }
    }

    /// Returns what is wrong with its length or form, and the number of the rule.
    #[must_use]
    pub fn broken_limit(&self, subject: &Subject, found: &str) -> Option<(Problem, Option<u16>)> {
        let broken = limits::text(self.limits, found)?;
        let problem = Problem::new(subject.clone(), broken.kind(self.limits, found));
        Some((problem, broken.number(self.limits)))
    }

    /// Returns the rules that it breaks, and their numbers.
    pub fn broken_rules(
        &self,
        subject: &Subject,
        found: &str,
    ) -> impl Iterator<Item = (Problem, Option<u16>)> {
        let broken = self.rules.iter().filter(move |rule| !holds(rule, found));
        broken.map(|rule| {
            let kind = ProblemKind::Rule { says: rule.says };
            (Problem::new(subject.clone(), kind), rule.number)
        })
    }
}

impl Object {
    /// Whether a text has the form that the object asks of a member, whatever else is there. `false`
    /// where this depends on another member.
    #[must_use]
    pub fn has_form(&self, member: &str, text: &str) -> bool {
        let asks = |rule: &&Rule| match rule.asks {
            Asks::Matches { path: [Step::Member(name)], .. } => *name == member,
            _ => false,
        };
        let own = match self.field(member).map(|field| field.schema) {
            Some(Schema::Text(limits)) => limits::form(limits, text).is_none(),
            _ => true,
        };
        own && self.rules.iter().filter(asks).all(|rule| holds(rule, text))
    }
}

/// Whether a text keeps a rule that looks at it alone. Other conditions are taken to hold.
pub(crate) fn holds(rule: &Rule, found: &str) -> bool {
    let Asks::Matches { path, pattern } = &rule.asks else { return true };
    let meets = |condition: &Condition| match condition {
        Condition::Matches { path: known, pattern } if are_same(known, path) => {
            pattern.matches(found)
        }
        _ => true,
    };
    pattern.matches(found) || !rule.when.iter().all(meets)
}

fn are_same(one: &[Step], other: &[Step]) -> bool {
    match (one, other) {
        ([Step::Member(one)], [Step::Member(other)]) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::OneText;
    use crate::{
        check,
        format::Format,
        problem::{Label, ValueType},
        table::{Field, Keyword, List, Numbers, Object, Schema, Text},
        testing::Json,
    };

    static TITLE: Text = Text {
        min: 2,
        max: 4,
        format: Some(Format::NoEmoji),
        says: "have no emoji",
        numbers: Numbers(&[(Keyword::MinLength, 3), (Keyword::MaxLength, 7)]),
        ..Text::PLAIN
    };
    static ROWS: List = List { items: Schema::Text(&TITLE), ..List::PLAIN };
    static CARD: Object = Object {
        label: "a card",
        fields: &[
            Field { name: "title", schema: Schema::Text(&TITLE), ..Field::PLAIN },
            Field { name: "rows", schema: Schema::List(&ROWS), ..Field::PLAIN },
        ],
        ..Object::PLAIN
    };

    /// What the walk over the tables finds in a member.
    fn walked(member: &'static str, value: Json) -> Option<String> {
        let tree = Json::Object(vec![(member, value)]);
        let found = check(&CARD, &[], &tree).violations;
        found.first().map(|it| format!("{:?} {:?} {}", it.problem, it.number, it.problem))
    }

    #[test]
    fn a_text_alone_is_judged_as_in_its_document() {
        let check = OneText { owner: Label::Phrase("a card"), limits: &TITLE, rules: &[] };
        let alone = |member, is_item, text| {
            let (problem, number) = check.broken_limit(&check.subject(member, is_item), text)?;
            Some(format!("{problem:?} {number:?} {problem}"))
        };
        for text in ["", "ü", "üü", "four", "fives", "漢字漢字漢", "ok 🎉"] {
            let expected = walked("title", Json::Text(text));
            assert_eq!(alone("title", false, text), expected, "{text}");
            assert_eq!(check.holds(text), expected.is_none(), "{text}");
            let items = Json::List(vec![Json::Text(text)]);
            assert_eq!(alone("rows", true, text), walked("rows", items), "{text}");
        }
    }

    #[test]
    fn types_are_named_alike_when_found_and_when_asked_for() {
        for (schema, value) in [
            (Schema::Text(&TITLE), Json::Text("")),
            (Schema::List(&ROWS), Json::List(Vec::new())),
            (Schema::Object(&CARD), Json::Object(Vec::new())),
        ] {
            let found = ValueType::of(&crate::Node::value(&value));
            assert_eq!(ValueType::asked_for(schema), found);
        }
    }
}
