//! The tables of what the sandbox does with templates.

use std::fmt::Write as _;

use heck::{ToShoutySnakeCase, ToUpperCamelCase};

use crate::{
    received::doc,
    templates::{
        WHEN,
        model::sandbox::{Answered, Change, Filter, Rate, RefusedSend, Sandbox, States},
    },
};

const HEAD: &str = "//! What messages are refused with, what happens to templates on command, and how definitions come back.

use crate::templates::table::{Answered, Change, Rate, SendRefusal, changes};
";

/// What states are named for, as their constants are documented.
const DOCS: [(&str, &str); 6] = [
    ("loaded", "The state of a definition in a file that has none."),
    ("created", "The state of what was created."),
    ("edited", "The state of what was edited."),
    ("editable", "The states in which a template can be edited."),
    ("category-stays", "The states in which a template keeps its category."),
    ("not-deletable", "The states in which a template cannot be deleted."),
];

pub(super) fn emit(sandbox: &Sandbox) -> String {
    let mut out = HEAD.to_owned();
    for states in &sandbox.states {
        constant(&mut out, states);
    }
    let most = sandbox.most;
    let _ = writeln!(
        out,
        "\n/// How many definitions there are at most.\npub(crate) const MOST: usize = {most};"
    );
    out.push_str(
        "\n/// What the list is filtered by: a member of the query, whether a part is enough, and ways to what is compared.\npub(crate) const FILTERS: &[(&str, bool, &[&str])] = &[\n",
    );
    for Filter { name, is_part, ways, .. } in &sandbox.filters {
        let _ = writeln!(out, "    ({name:?}, {is_part}, &{ways:?}),");
    }
    out.push_str("];\n\n/// How often templates are created and edited at most.\npub(crate) const RATES: &[Rate] = &[\n");
    for Rate { on, of, most, within, code, .. } in &sandbox.rates {
        let _ = writeln!(
            out,
            "    Rate {{ on: {on:?}, of: &{of:?}, most: {most}, seconds: {within}, code: {code} }},"
        );
    }
    out.push_str("];\n");
    out.push_str("\n/// What the API calls buttons, by their types.\npub(crate) const CALLED: &[(&str, &str)] = &[\n");
    for called in &sandbox.called {
        let _ = writeln!(out, "    ({:?}, {:?}),", called.of, called.name);
    }
    out.push_str("];\n\n/// What does not fit, as the engine tells it apart.\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub(crate) enum When {\n");
    for when in WHEN {
        let _ = writeln!(out, "    {},", when.to_upper_camel_case());
    }
    out.push_str("}\n\n/// What a message is refused with that does not fit its template, by what does not fit.\npub(crate) const REFUSED_SENDS: &[SendRefusal] = &[\n");
    for RefusedSend { when, of, rule, code, details, .. } in &sandbox.refused {
        let when = when.to_upper_camel_case();
        let _ = writeln!(
            out,
            "    SendRefusal {{ when: When::{when}, of: &{of:?}, rule: {rule:?}, code: {code:?}, details: {details:?} }},"
        );
    }
    out.push_str(
        "];\n\n/// How what was posted comes back.\npub(crate) const ANSWERED: &[Answered] = &[\n",
    );
    for Answered { of, has, lacks, instead, gives, .. } in &sandbox.answered {
        let _ = writeln!(
            out,
            "    Answered {{ of: {of:?}, has: {has:?}, lacks: {lacks:?}, instead: {instead}, gives: {gives:?} }},"
        );
    }
    out.push_str("];\n\nchanges! {\n");
    for Change { name, says, takes, removes, sets, field, gives, .. } in &sandbox.changes {
        doc(&mut out, 4, says);
        let argument = takes.as_ref().map(|(name, _)| format!("({name})")).unwrap_or_default();
        let _ = writeln!(
            out,
            "    {name}{argument} => Change {{ name: {name:?}, takes: {takes:?}, removes: {removes}, sets: {sets:?}, field: {field:?}, gives: {gives:?} }};"
        );
    }
    out.push_str("}\n");
    out
}

fn constant(out: &mut String, States { keyword, names, .. }: &States) {
    let says = DOCS.iter().find(|(known, _)| known == keyword).map_or("", |(_, says)| says);
    let constant = keyword.to_shouty_snake_case();
    let _ = match names.as_slice() {
        [name] if DOCS[..3].iter().any(|(one, _)| one == keyword) => {
            writeln!(out, "\n/// {says}\npub(crate) const {constant}: &str = {name:?};")
        }
        names => writeln!(out, "\n/// {says}\npub(crate) const {constant}: &[&str] = &{names:?};"),
    };
}
