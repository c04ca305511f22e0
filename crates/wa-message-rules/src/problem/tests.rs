//! The same problem in the words of a document, and in those of a form that calls things otherwise.

use std::borrow::Cow;

use super::{Circumstance, Label, Problem, ProblemKind, Range, Subject, Wording};
use crate::table::{Condition, Step};

/// A form in which a menu is a `<menu>`, its `amount.value` the amount, and its rows are lines.
struct Short;

impl Wording for Short {
    fn object(&self, label: Label) -> Label {
        if label == Label::Phrase("a menu") { Label::Kind("menu") } else { label }
    }

    fn value<'s>(&self, subject: &'s Subject) -> Cow<'s, Subject> {
        match subject.member() {
            Some("amount") => Cow::Owned(Subject::member_of(subject.owner(), "amount")),
            Some("rows") => Cow::Owned(Subject::member_of(subject.owner(), "lines").item()),
            _ => Cow::Borrowed(subject),
        }
    }

    fn path<'p>(&self, path: &'p str) -> Cow<'p, str> {
        Cow::Owned(path.replace("rows", "lines"))
    }
}

fn said(subject: Subject, kind: ProblemKind) -> [String; 2] {
    let problem = Problem::new(subject, kind);
    [problem.to_string(), problem.worded(&Short).to_string()]
}

const MENU: Label = Label::Phrase("a menu");

#[test]
fn a_value_is_called_as_it_was_written() {
    let rows = || Subject::member_of(MENU, "rows");
    assert_eq!(
        said(rows(), ProblemKind::TooLong { length: 7, max: 1 }),
        [
            "`rows` is 7 characters long, and a menu takes at most 1",
            "an item of `lines` is 7 characters long, and `<menu>` takes at most 1",
        ]
    );
    let first = "rows[0]".to_owned();
    assert_eq!(
        said(rows(), ProblemKind::Duplicate { value: "a".to_owned(), first }),
        [
            "`rows` has the value `a` a second time; the first stands at `rows[0]`",
            "an item of `lines` has the value `a` a second time; the first stands at `lines[0]`",
        ]
    );
    // What is not there has no other name.
    assert_eq!(
        said(rows(), ProblemKind::Missing { description: "The rows." }),
        ["a menu needs `rows`, the rows", "`<menu>` needs `rows`, the rows",]
    );
}

#[test]
fn what_is_left_out_of_a_name_is_left_out_of_the_other() {
    let subject = Subject::behind(MENU, &["amount", "value"]);
    let than = vec!["total", "value"];
    assert_eq!(
        said(subject, ProblemKind::NotLess { found: 3, than, limit: 2 }),
        [
            "`amount.value` is 3, and must be less than `total.value`, which is 2",
            "`amount` is 3, and must be less than `total`, which is 2",
        ]
    );
}

#[test]
fn circumstances_end_a_sentence() {
    static WHEN: [Condition; 2] = [
        Condition::Is { path: &[Step::Member("type")], values: &["a", "b"], any_case: false },
        Condition::Absent(&[Step::Member("rows"), Step::Each, Step::Member("id")]),
    ];
    assert_eq!(Circumstance::ALWAYS.to_string(), "");
    let when = Circumstance::when(&WHEN);
    assert_eq!(when.to_string(), " when `type` is `a` or `b` and `id` is not given");
}

#[test]
fn ranges_name_the_ends_that_there_are() {
    let whole = |min, max| Range::Whole { min, max }.to_string();
    assert_eq!(whole(Some(1), Some(9)), "from 1 to 9");
    assert_eq!(whole(Some(1), Some(1)), "1");
    assert_eq!(whole(None, Some(9)), "at most 9");
    assert_eq!(whole(None, None), "a 64-bit whole number");
    assert_eq!(Range::Numbers { min: Some(0.5), max: None }.to_string(), "at least 0.5");
}

#[test]
fn names_of_a_document_are_cut_and_escaped() {
    let subject = Subject::named(MENU, &"a\n".repeat(100));
    assert!(subject.to_string().starts_with("`a\\u{a}a"), "{subject}");
    assert!(subject.to_string().len() < 500);
}
