//! A menu with rows, in ten lines a table.

use super::check;
use crate::{
    KEPT_AT_MOST,
    table::{Asks, Condition, Field, Integer, List, Object, Refused, Rule, Schema, Step, Text},
    testing::Json,
};

const ANY: Schema = Schema::Text(&Text::PLAIN);
static ROW: Object = Object {
    label: "a row",
    fields: &[
        Field {
            name: "title",
            description: "The text of it. One line.",
            schema: Schema::Text(&Text { min: 1, max: 5, ..Text::PLAIN }),
            required: true,
            ..Field::PLAIN
        },
        Field { name: "id", schema: ANY, synonyms: &["key"], ..Field::PLAIN },
        Field { name: "price", schema: Schema::Integer(&Integer::PLAIN), ..Field::PLAIN },
    ],
    ..Object::PLAIN
};
static MENU: Object = Object {
    label: "a menu",
    fields: &[
        Field {
            name: "rows",
            schema: Schema::List(&List { items: Schema::Object(&ROW), min: 1, ..List::PLAIN }),
            required: true,
            ..Field::PLAIN
        },
        Field { name: "style", schema: ANY, ..Field::PLAIN },
    ],
    refused: &[
        Refused { name: "items", because: "they are rows", instead: &["rows"], number: Some(4) },
        Refused { name: "lines", because: "nobody reads them", ..Refused::PLAIN },
    ],
    rules: &[
        Rule {
            number: Some(9),
            when: &[],
            asks: Asks::Unique(&[Step::Member("rows"), Step::Each, Step::Member("id")]),
            says: "",
        },
        Rule {
            number: None,
            when: &[Condition::Is {
                path: &[Step::Member("style")],
                values: &["bare", "plain"],
                any_case: false,
            }],
            asks: Asks::Total { path: &[Step::Member("rows"), Step::Each], max: 1 },
            says: "",
        },
    ],
    ..Object::PLAIN
};

/// What is wrong with a menu, each as "path: sentence".
fn said(members: Vec<(&'static str, Json)>) -> Vec<String> {
    let menu = Json::Object(members);
    let found = check(&MENU, &[], &menu).violations.into_iter();
    found.map(|found| format!("{}: {}", found.path, found.problem)).collect()
}

fn row(members: &[(&'static str, &'static str)]) -> Json {
    Json::Object(members.iter().map(|(name, text)| (*name, Json::Text(text))).collect())
}

#[test]
fn a_violation_says_where_and_what() {
    let rows = vec![row(&[("title", "longer"), ("key", "a")]), row(&[("price", "7")])];
    assert_eq!(
        said(vec![("rows", Json::List(rows))]),
        [
            "rows[0].key: a row has no field `key`",
            "rows[0].title: `title` is 6 characters long, and a row takes at most 5",
            "rows[1].title: a row needs `title`, the text of it",
            "rows[1].price: `price` must be a whole number, and this is a text",
        ]
    );
    assert_eq!(
        said(vec![("rows", Json::List(Vec::new()))]),
        ["rows: `rows` is empty, and a menu needs at least 1 in it"]
    );
    assert_eq!(
        said(vec![("rows", Json::List(vec![Json::Text("")]))]),
        ["rows[0]: an item of `rows` must be an object, and this is a text"]
    );
}

#[test]
fn what_helps_is_said_beside() {
    let menu = Json::Object(vec![("rows", Json::List(vec![row(&[("title", "a"), ("key", "")])]))]);
    let found = check(&MENU, &[], &menu).violations;
    assert_eq!(found[0].problem.help().as_deref(), Some("did you mean `id`?"));
}

/// That a member is missing is no second mistake where another one is given in its place, if the table
/// says so. The sentence says nothing to the check.
#[test]
fn what_is_given_instead_is_a_list_of_the_table() {
    assert_eq!(
        said(vec![("items", Json::Text(""))]),
        ["items: `items` is not taken here: they are rows"]
    );
    assert_eq!(
        said(vec![("lines", Json::Text(""))]),
        ["lines: `lines` is not taken here: nobody reads them", "rows: a menu needs `rows`",]
    );
}

#[test]
fn rules_look_at_several_members() {
    let row = |id| row(&[("title", "a"), ("id", id)]);
    assert_eq!(
        said(vec![("rows", Json::List(vec![row("a"), row("b"), row("a")]))]),
        ["rows[2].id: `id` has the value `a` a second time; the first stands at `rows[0].id`"]
    );
    let rows = Json::List(vec![row("a"), row("b")]);
    assert_eq!(
        said(vec![("style", Json::Text("plain")), ("rows", rows)]),
        ["rows: `rows` holds 2, and at most 1 are taken when `style` is `bare` or `plain`"]
    );
}

/// Where more may stand in an object than is known, nothing is missing, and what is there is checked.
#[test]
fn an_object_may_have_more_members() {
    let partial = |menu: Vec<(&'static str, Json)>| {
        let menu = Json::Partial(menu);
        let found = check(&MENU, &[], &menu).violations.into_iter();
        found.map(|found| found.path.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(partial(Vec::new()), [""; 0]);
    assert_eq!(partial(vec![("lines", Json::Text(""))]), ["lines"]);
    assert_eq!(
        partial(vec![("style", Json::List(Vec::new())), ("stile", Json::Text(""))]),
        ["stile", "style"]
    );
    let row = Json::Partial(vec![("price", Json::Text("7"))]);
    assert_eq!(partial(vec![("rows", Json::List(vec![row]))]), ["rows[0].price"]);
}

#[test]
fn a_report_is_short_and_counts_the_rest() {
    let menu = Json::Object(vec![("rows", Json::List(vec![Json::Text(""); 1_000]))]);
    let report = check(&MENU, &[], &menu);
    assert_eq!((report.violations.len(), report.count), (KEPT_AT_MOST, 1_000));
}
