//! The page of all rules.

use std::fmt::Write;

use wa_message_spec::tables::ROOTS;

use crate::{
    pages::{Page, cell},
    sources::{Case, Entry, Rule, Sources, Verdict},
    used::Used,
};

const HEAD: &str = "\
Plain limits (a length, a count, a range, a name that is not known) have no number; they stand on the pages
of the [kinds](crate::manual::kinds). What several fields decide together has a number, which
[`Violation::number`](crate::Violation::number) and [`Lint::number`](crate::Lint::number) return.

- *compiler*: decided while the program is compiled, as far as it is written as literals and `const` blocks,
  and otherwise when the message is built. The same check reads JSON, and runs in the sandbox.
- *lints*: advice, which [`Message::lints`](crate::Message::lints) gives. It is never an error.
- *API*: not decided here, because a message alone does not tell.

The last column counts the cases of the rule table that are proven to pass and to fail, or to be advised
against, through every way in which a message can be made, and names one that does not pass.
";

pub(crate) fn page(sources: &Sources) -> Page {
    let used: Vec<_> = ROOTS.iter().map(|root| Used::by_root(root)).collect();
    let mut out = HEAD.to_owned();
    for entry in &sources.rules {
        match entry {
            Entry::Title(title) => {
                let _ = write!(
                    out,
                    "\n# {title}\n\n| rule | what it asks | decided by | proven by |\n|---|---|---|---|\n"
                );
            }
            Entry::Rule(rule) => {
                let Rule { number, text } = rule;
                let error = used.iter().any(|used| used.errors.contains(number));
                let advice = used
                    .iter()
                    .any(|used| used.advice.iter().any(|(advised, _)| *advised == Some(*number)));
                let decided = match (error, advice) {
                    (true, true) => "compiler; lints",
                    (true, false) => "compiler",
                    (false, true) => "lints",
                    (false, false) => "API",
                };
                let _ = writeln!(
                    out,
                    "| {number} | {} | {decided} | {} |",
                    cell(text),
                    cell(&proof(sources, *number))
                );
            }
        }
    }
    Page::markdown("rules", &out)
}

fn proof(sources: &Sources, number: u16) -> String {
    let cases: Vec<_> = sources.cases.iter().filter(|case| case.number == number).collect();
    let of = |verdict| cases.iter().filter(move |case| case.verdict == verdict);
    let count = |verdict, word: &str| match of(verdict).count() {
        0 => None,
        count => Some(format!("{count} {word}")),
    };
    let counts = [
        count(Verdict::Valid, "pass"),
        count(Verdict::Invalid, "fail"),
        count(Verdict::Advised, "advised"),
    ];
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    let one = of(Verdict::Invalid).next().or_else(|| of(Verdict::Advised).next());
    let one = one
        .map_or_else(String::new, |Case { file, text, .. }| format!(": {text} (`tests/{file}`)"));
    format!("{}{one}", counts.join(", "))
}
