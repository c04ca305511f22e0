//! Limits of a single value: whether it keeps them, and what is wrong if not.
//!
//! Nothing here reads a table of the API. So a program that checks a few values of its own can use it
//! without taking all the tables in.

use crate::{
    node::{Part, Path},
    problem::{Label, Problem, ProblemKind, Range, Subject, shown},
    sink::Violation,
    suggest::nearest,
    table::{Integer, Keyword, List, Number, Numbers, Text},
    text,
};

/// Checks a text that a member of an object holds.
///
/// `path` is where it lies in the document, and `owner` what a sentence calls the object. The violation is
/// the one that [`check`](crate::check()) finds there.
#[must_use]
pub fn check_text(
    path: &str,
    owner: Label,
    member: &'static str,
    limits: &Text,
    found: &str,
) -> Option<Violation<()>> {
    let broken = text(limits, found)?;
    let problem = Problem::new(Subject::member_of(owner, member), broken.kind(limits, found));
    Some(violation(path, problem, broken.number(limits)))
}

/// Checks the number of items in an array that a member of an object holds, like [`check_text`].
#[must_use]
pub fn check_count(
    path: &str,
    owner: Label,
    member: &'static str,
    limits: &List,
    count: usize,
) -> Option<Violation<()>> {
    let (kind, number) = self::count(limits.min, limits.max, limits.numbers, count)?;
    let problem = Problem::new(Subject::member_of(owner, member), kind);
    Some(violation(path, problem, number))
}

fn violation(path: &str, problem: Problem, number: Option<u16>) -> Violation<()> {
    Violation { at: (), part: Part::Whole, path: Path::written(path), problem, number }
}

/// A limit that a text breaks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BrokenText {
    Values,
    Short(usize),
    Long(usize),
    Pattern,
    Format,
}

/// Finds the first limit that a text breaks.
pub(crate) fn text(limits: &Text, found: &str) -> Option<BrokenText> {
    if let Some(values) = limits.values {
        return values.canonical(found).is_none().then_some(BrokenText::Values);
    }
    let length = text::length(found);
    if length < limits.min {
        Some(BrokenText::Short(length))
    } else if length > limits.max {
        Some(BrokenText::Long(length))
    } else {
        form(limits, found)
    }
}

/// Finds what a text breaks of the form that its limits ask for.
pub(crate) fn form(limits: &Text, found: &str) -> Option<BrokenText> {
    if limits.pattern.is_some_and(|pattern| !pattern.matches(found)) {
        Some(BrokenText::Pattern)
    } else if limits.format.is_some_and(|format| !format.holds(found)) {
        Some(BrokenText::Format)
    } else {
        None
    }
}

impl BrokenText {
    pub(crate) fn kind(self, limits: &Text, found: &str) -> ProblemKind {
        match self {
            Self::Values => {
                let names = limits.values.map(|values| values.names.to_vec());
                not_allowed(found, names.unwrap_or_default())
            }
            Self::Short(length) => ProblemKind::TooShort { length, min: limits.min },
            Self::Long(length) => ProblemKind::TooLong { length, max: limits.max },
            Self::Pattern | Self::Format => ProblemKind::Malformed { says: limits.says },
        }
    }

    pub(crate) fn number(self, limits: &Text) -> Option<u16> {
        limits.numbers.of(match self {
            Self::Values => Keyword::Any,
            Self::Short(_) => Keyword::MinLength,
            Self::Long(_) => Keyword::MaxLength,
            Self::Pattern => Keyword::Pattern,
            Self::Format => Keyword::Format,
        })
    }
}

/// The problem of a text that is none of the values that are known.
#[must_use]
pub fn not_allowed(found: &str, allowed: Vec<&'static str>) -> ProblemKind {
    let suggestion = match allowed.as_slice() {
        [_] => None,
        _ => nearest(found, allowed.iter().copied()),
    };
    ProblemKind::NotAllowed { found: shown(found), allowed, suggestion }
}

/// What is wrong with the number of items in an array, or of members in an object.
pub(crate) fn count(
    min: usize,
    max: usize,
    numbers: Numbers,
    count: usize,
) -> Option<(ProblemKind, Option<u16>)> {
    if count > max {
        Some((ProblemKind::TooMany { count, max }, numbers.of(Keyword::MaxItems)))
    } else if count < min {
        Some((ProblemKind::TooFew { count, min }, numbers.of(Keyword::MinItems)))
    } else {
        None
    }
}

/// The range of a whole number, if it lies outside of it.
pub(crate) fn integer(limits: &Integer, found: i128) -> Option<Range> {
    let min = limits.constant.or(limits.min);
    let max = limits.constant.or(limits.max);
    let fits = found >= i128::from(min.unwrap_or(i64::MIN))
        && found <= i128::from(max.unwrap_or(i64::MAX));
    (!fits).then_some(Range::Whole { min, max })
}

/// The range of a number, if it lies outside of it.
pub(crate) fn number(limits: &Number, found: f64) -> Option<Range> {
    if !found.is_finite() {
        return Some(Range::Finite);
    }
    let Number { min, max, .. } = *limits;
    let fits = min.is_none_or(|min| found >= min) && max.is_none_or(|max| found <= max);
    (!fits).then_some(Range::Numbers { min, max })
}

#[cfg(test)]
mod tests {
    use super::{check_count, check_text};
    use crate::{
        check,
        problem::{Label, ValueType},
        table::{Field, Keyword, List, Numbers, Object, Schema, Text, Values},
        testing::Json,
    };

    static TITLE: Text = Text {
        min: 2,
        max: 4,
        numbers: Numbers(&[(Keyword::MinLength, 3), (Keyword::MaxLength, 7)]),
        ..Text::PLAIN
    };
    static STYLE: Text = Text {
        values: Some(&Values { names: &["bold", "plain"], aliases: &[], rust: "", variants: &[] }),
        ..Text::PLAIN
    };
    static ROWS: List = List {
        items: Schema::Text(&Text::PLAIN),
        min: 1,
        max: 2,
        numbers: Numbers(&[(Keyword::MaxItems, 9)]),
        ..List::PLAIN
    };
    static CARD: Object = Object {
        label: "a card",
        fields: &[
            Field { name: "title", schema: Schema::Text(&TITLE), ..Field::PLAIN },
            Field { name: "style", schema: Schema::Text(&STYLE), ..Field::PLAIN },
            Field { name: "rows", schema: Schema::List(&ROWS), ..Field::PLAIN },
        ],
        ..Object::PLAIN
    };

    /// What the walk over the tables finds at a member, without the value.
    fn walked(member: &'static str, value: Json) -> Option<String> {
        let tree = Json::Object(vec![(member, value)]);
        let found = check(&CARD, &[], &tree).violations;
        found
            .first()
            .map(|it| format!("{} {:?} {:?} {}", it.path, it.problem, it.number, it.problem))
    }

    #[test]
    fn a_value_alone_is_judged_as_in_its_document() {
        let card = Label::Phrase("a card");
        let said = |found: Option<crate::Violation<()>>| {
            let said = |it: crate::Violation<()>| (it.path, it.problem, it.number);
            found
                .map(said)
                .map(|(path, problem, number)| format!("{path} {problem:?} {number:?} {problem}"))
        };
        for text in ["", "ü", "üü", "four", "fives", "漢字漢字漢"] {
            let alone = said(check_text("title", card, "title", &TITLE, text));
            assert_eq!(alone, walked("title", Json::Text(text)), "{text}");
        }
        for text in ["bold", "BOLD", "blod", "red"] {
            let alone = said(check_text("style", card, "style", &STYLE, text));
            assert_eq!(alone, walked("style", Json::Text(text)), "{text}");
        }
        for count in 0..4 {
            let alone = said(check_count("rows", card, "rows", &ROWS, count));
            assert_eq!(alone, walked("rows", Json::List(vec![Json::Text("x"); count])), "{count}");
        }
        let long = check_text("a.title", card, "title", &TITLE, "fives").map(|it| it.problem);
        assert_eq!(
            long.map(|it| it.to_string()).as_deref(),
            Some("`title` is 5 characters long, and a card takes at most 4")
        );
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
