//! The pages of the kinds.

use std::fmt::Write;

use wa_message_rules::{
    listed,
    table::{Kind, Object},
};
use wa_message_spec::tables::KINDS;

use crate::{
    fields::{Fields, Row, reachable},
    limits::{heading, kind_of, limits, natural},
    pages::{Page, capital, cell, prefixed},
    sources::{Example, Sources},
    used::Used,
};

/// A page for each kind, and one that lists them.
pub(crate) fn pages(sources: &Sources) -> Vec<Page> {
    let mut pages = vec![index()];
    for kind in KINDS {
        pages.push(Page::markdown(&format!("kinds/{}", kind.name), &page(kind, sources)));
    }
    pages
}

fn index() -> Page {
    let mut out = "A kind is written as the API names it, in `<` and `>`.\n\n| kind | what it is |\n|---|---|\n".to_owned();
    for kind in KINDS {
        let _ = writeln!(
            out,
            "| [`{name}`](crate::manual::kinds::{name}) | {} |",
            cell(kind.description),
            name = kind.name
        );
    }
    Page::markdown("kinds", &out)
}

/// A page begins with what a reader looks up most often: the fields.
fn page(kind: &'static Kind, sources: &Sources) -> String {
    let fields = Fields::of_kind(kind);
    let mut out = format!("# Fields\n\n{}", section(&fields, true));
    let examples = sources.examples.iter().filter(|example| example.kind == kind.name);
    for (at, example) in examples.enumerate() {
        if at == 0 {
            out.push_str("# Example\n\n");
        } else {
            let _ = write!(out, "# Example: {}\n\n", capital(&example.name.replace('_', " ")));
        }
        out.push_str(&shown(example));
    }
    let objects = reachable(&fields);
    if !objects.is_empty() {
        out.push_str("# Objects\n\n");
    }
    for object in objects {
        let _ = write!(out, "## {}\n\n{}", heading(object), about(object, true));
    }
    out.push_str(&rules(kind, sources));
    out
}

/// An example as a test: the macro makes the document that is shown. The document is folded: it is longer than
/// all else, and few readers need it. Without the blank lines around it, it would be no Markdown but HTML.
fn shown(example: &Example) -> String {
    let Example { json, dsl, .. } = example;
    let hidden = prefixed("# ", json);
    format!(
        "```rust\nuse wa_message::wa_message;\n\nlet message = {dsl};\n\
         # let expected = r###\"\n{hidden}# \"###;\n\
         # let expected: serde_json::Value = serde_json::from_str(expected)?;\n\
         # let found: serde_json::Value = serde_json::from_str(&message.to_json())?;\n\
         # assert_eq!(found, expected);\n# Ok::<_, serde_json::Error>(())\n```\n\n\
         <details><summary>The JSON that it becomes</summary>\n\n\
         ```json\n{json}\n```\n\n</details>\n\n"
    )
}

/// What an object is and has.
pub(crate) fn about(object: &'static Object, in_page: bool) -> String {
    let mut out = format!("{}\n\n", object.description);
    if natural(object).is_some()
        && let Some(name) = object.natural
    {
        let _ = write!(out, "A bare value stands for its `{name}`.\n\n");
    }
    let fields = Fields::of(object);
    out.push_str(&section(&fields, in_page));
    if let Some(tag) = fields.open {
        let _ = write!(
            out,
            "Its `{}` follows from the field that is written, or is given:\n\n",
            tag.name
        );
        for arm in tag.arms {
            let inner = Fields::of_arm(arm);
            let _ = write!(
                out,
                "**`{}`**: {}\n\n{}",
                arm.value,
                arm.object.description,
                section(&inner, in_page)
            );
            for further in inner.open.into_iter().flat_map(|tag| tag.arms) {
                let _ = write!(out, "**`{}`**: {}\n\n", further.value, further.object.description);
                out.push_str(&section(&Fields::of_arm(further), in_page));
            }
        }
    }
    out
}

/// The table of fields, and what is filled in or needed beside it.
fn section(fields: &Fields, in_page: bool) -> String {
    let mut out = String::new();
    if !fields.rows.is_empty() {
        out.push_str("| field | value | limits | what it is |\n|---|---|---|---|\n");
    }
    for row in &fields.rows {
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} |",
            row.name,
            value(row, in_page),
            cell(&limits(row.is)),
            cell(&what(row))
        );
    }
    if !fields.rows.is_empty() {
        out.push('\n');
    }
    for object in &fields.objects {
        if !object.exactly_one.is_empty() {
            let _ = write!(out, "Exactly one of {} is given.\n\n", groups(object.exactly_one));
        }
        if !object.at_least_one.is_empty() {
            let _ = write!(out, "At least one of {} is given.\n\n", groups(object.at_least_one));
        }
    }
    let filled: Vec<_> =
        fields.filled_in.iter().map(|(name, value)| format!("`{name}`: `{value}`")).collect();
    if !filled.is_empty() {
        let _ = write!(out, "Filled in: {}.\n\n", filled.join(", "));
    }
    out
}

fn value(row: &Row, in_page: bool) -> String {
    if !row.by_name.is_empty() {
        let names: Vec<_> = row.by_name.iter().map(|name| format!("`{name}`")).collect();
        return format!("all of {}, in the wire form", listed(names, "and"));
    }
    kind_of(row.is, in_page)
}

fn what(row: &Row) -> String {
    let default = if row.required {
        "**Required.** "
    } else if row.position {
        "Filled in with the position in the array. "
    } else {
        ""
    };
    format!("{default}{}", row.what)
}

/// Members of which one is chosen. Those of a group are given together.
fn groups(groups: &[&[&str]]) -> String {
    let names = |group: &&[&str]| {
        let names: Vec<_> = group.iter().map(|name| format!("`{name}`")).collect();
        names.join(" with ")
    };
    listed(groups.iter().map(names), "and")
}

fn rules(kind: &'static Kind, sources: &Sources) -> String {
    let mut used = Used::by_kind(kind);
    used.advice.sort_by_key(|(number, _)| number.unwrap_or(u16::MAX));
    let mut out = String::new();
    if !used.errors.is_empty() {
        out.push_str("# Rules\n\nBeside the limits above. The numbers are those of the [list of rules](crate::manual::rules).\n\n");
        for number in &used.errors {
            if let Some(rule) = sources.rule(*number) {
                let _ = writeln!(out, "- {number}: {}", rule.text);
            }
        }
        out.push('\n');
    }
    if !used.advice.is_empty() {
        out.push_str("# Advice\n\n`lints()` returns what of this a message goes against. None of it is an error.\n\n");
        for (number, says) in &used.advice {
            match number {
                Some(number) => {
                    let _ = writeln!(out, "- {number}: {says}");
                }
                None => {
                    let _ = writeln!(out, "- {says}");
                }
            }
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use super::{groups, pages};
    use crate::sources::Sources;

    #[test]
    fn a_page_begins_with_the_fields_and_folds_the_json() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let pages = pages(&Sources::read(&root).unwrap());
        let mut count = 0;
        for page in &pages[1..] {
            let body = page.text.split_once("-->\n\n").unwrap().1;
            assert!(body.starts_with("# Fields\n\n| field |"), "{}", page.path);
            let folded = "<details><summary>The JSON that it becomes</summary>\n\n```json\n";
            let (shown, all) = (body.matches(folded).count(), body.matches("```json").count());
            assert_eq!(shown, all, "{}", page.path);
            assert_eq!(shown, body.matches("\n```\n\n</details>\n").count(), "{}", page.path);
            count += shown;
        }
        assert!(count > 20, "only {count} examples");
    }

    #[test]
    fn members_of_which_one_is_chosen_stand_in_one_sentence() {
        assert_eq!(groups(&[&["id"], &["link"]]), "`id` and `link`");
        assert_eq!(groups(&[&["id"], &["link", "name"]]), "`id` and `link` with `name`");
    }
}
