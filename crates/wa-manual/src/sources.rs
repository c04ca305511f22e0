//! Reads the sources of the manual beside the tables.

use std::{fs, path::Path};

use serde_json::Value;
use wa_message::{Message, ReadReceipt};
use wa_message_rules::table::Kind;
use wa_message_spec::tables::KINDS;

/// All that is read.
pub(crate) struct Sources {
    pub(crate) examples: Vec<Example>,
    pub(crate) mistakes: Vec<Mistake>,
    pub(crate) rules: Vec<Entry>,
    /// The rules that are named by tools, each with its name and its sentence.
    pub(crate) named: Vec<(String, String)>,
    pub(crate) cases: Vec<Case>,
    /// The page of the language, which is written by hand.
    pub(crate) language: String,
}

/// The topic of messages that do not fit the definitions of their templates.
const DEFINITIONS: &str = "definitions";

/// A request body of `tests/examples`.
pub(crate) struct Example {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    /// The document as it stands in the file.
    pub(crate) json: String,
    /// The same as an invocation of the macro.
    pub(crate) dsl: String,
}

/// A case of `tests/ui/fail`.
pub(crate) struct Mistake {
    pub(crate) topic: String,
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) output: String,
}

/// A line of the list of rules in `openapi/README.md`.
pub(crate) enum Entry {
    /// The title of the rules that follow.
    Title(String),
    Rule(Rule),
}

/// A rule in words.
#[derive(Clone)]
pub(crate) struct Rule {
    pub(crate) number: u16,
    pub(crate) text: String,
}

/// A case of `tests/rules` or `tests/advice`.
pub(crate) struct Case {
    pub(crate) file: String,
    pub(crate) number: u16,
    pub(crate) text: String,
    pub(crate) verdict: Verdict,
}

/// What a case has to come to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Valid,
    Invalid,
    Advised,
}

impl Sources {
    pub(crate) fn read(root: &Path) -> Result<Self, String> {
        let mut cases = Vec::new();
        for (name, text) in files(&root.join("tests/rules"), "json")? {
            read_cases(&format!("rules/{name}.json"), &text, false, &mut cases)?;
        }
        for (name, text) in files(&root.join("tests/advice"), "json")? {
            read_cases(&format!("advice/{name}.json"), &text, true, &mut cases)?;
        }
        let description = read(&root.join("openapi/README.md"))?;
        Ok(Self {
            examples: examples(&root.join("tests/examples"))?,
            mistakes: all_mistakes(&root.join("tests"))?,
            rules: rules(&description, "The rules"),
            named: named(&description),
            cases,
            language: read(&root.join("crates/wa-message/src/manual/language.md"))?,
        })
    }

    /// A rule by its number.
    pub(crate) fn rule(&self, number: u16) -> Option<&Rule> {
        self.rules.iter().find_map(|entry| match entry {
            Entry::Rule(rule) if rule.number == number => Some(rule),
            _ => None,
        })
    }
}

fn examples(folder: &Path) -> Result<Vec<Example>, String> {
    let mut examples = Vec::new();
    for (name, json) in files(folder, "json")? {
        let message =
            json.parse::<Message>().map(|message| (message.kind().as_str(), message.to_dsl()));
        let receipt = || {
            let receipt = json.parse::<ReadReceipt>()?;
            // The kinds of a request with a single one have no tags.
            let kind = KINDS.iter().find(|kind| kind.tags.is_empty());
            Ok((kind.map_or("", |kind: &Kind| kind.name), receipt.to_dsl()))
        };
        let (kind, dsl) = message
            .or_else(|_| receipt())
            .map_err(|error: wa_message::InvalidMessage| format!("{name}: {error}"))?;
        examples.push(Example { kind, name, json: json.trim().to_owned(), dsl });
    }
    // The one that is named like its kind comes first.
    examples.sort_by_key(|example| (example.kind, example.name != example.kind));
    Ok(examples)
}

/// The topics of `ui`, and what does not fit definitions, in the order of their names.
fn all_mistakes(tests: &Path) -> Result<Vec<Mistake>, String> {
    let mut all = mistakes(&tests.join("ui/fail"))?;
    all.extend(topic(DEFINITIONS, &tests.join("ui_templates/fail"))?);
    all.sort_by(|one, other| one.topic.cmp(&other.topic));
    Ok(all)
}

fn mistakes(folder: &Path) -> Result<Vec<Mistake>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut topics: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    topics.retain(|path| path.is_dir());
    topics.sort();
    let mut mistakes = Vec::new();
    for path in topics {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        mistakes.extend(topic(&name, &path)?);
    }
    Ok(mistakes)
}

/// The mistakes of a folder.
fn topic(topic: &str, folder: &Path) -> Result<Vec<Mistake>, String> {
    let mistake = |(name, code): (String, String)| {
        let output = read(&folder.join(format!("{name}.stderr")))?;
        Ok(Mistake { topic: topic.to_owned(), name, code, output })
    };
    files(folder, "rs")?.into_iter().map(mistake).collect()
}

/// A part of a page, behind its title.
fn section<'p>(page: &'p str, title: &str) -> &'p str {
    let part = page.split_once(&format!("\n## {title}\n")).map_or("", |(_, rest)| rest);
    part.split_once("\n## ").map_or(part, |(part, _)| part)
}

/// All rules as tools name them: those with numbers, and the rows `` | `WA-type` | .. | ``.
fn named(page: &str) -> Vec<(String, String)> {
    let numbered = ["The rules", "The rules of definitions"].map(|title| rules(page, title));
    let mut named = Vec::new();
    for entry in numbered.into_iter().flatten() {
        if let Entry::Rule(Rule { number, text }) = entry {
            named.push((format!("WA{number:03}"), text));
        }
    }
    for line in section(page, "Names for tools").lines() {
        if let Some((name, text)) = line.strip_prefix("| `").and_then(|row| row.split_once("` | "))
        {
            named.push((name.to_owned(), text.trim_end_matches(" |").to_owned()));
        }
    }
    named
}

/// The rows `| 30. The ids of reply buttons differ. | E | .. |`.
fn rules(page: &str, title: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for line in section(page, title).lines() {
        let Some(first) = line.strip_prefix("| ").and_then(|row| row.split(" | ").next()) else {
            continue;
        };
        if let Some(title) = first.strip_prefix("**").and_then(|title| title.strip_suffix("**")) {
            entries.push(Entry::Title(title.to_owned()));
        } else if let Some((number, text)) = first.split_once(". ")
            && let Ok(number) = number.parse()
        {
            entries.push(Entry::Rule(Rule { number, text: text.to_owned() }));
        }
    }
    entries
}

fn read_cases(file: &str, text: &str, advised: bool, cases: &mut Vec<Case>) -> Result<(), String> {
    let table: Value = serde_json::from_str(text).map_err(|error| format!("{file}: {error}"))?;
    for row in table["cases"].as_array().into_iter().flatten() {
        let number = row["rule"].as_u64().and_then(|number| u16::try_from(number).ok());
        let found = row["paths"].as_array().is_some_and(|paths| !paths.is_empty());
        let verdict = match (advised, found) {
            (_, false) => Verdict::Valid,
            (true, true) => Verdict::Advised,
            (false, true) => Verdict::Invalid,
        };
        if let Some(number) = number {
            let text = row["case"].as_str().unwrap_or_default().to_owned();
            cases.push(Case { file: file.to_owned(), number, text, verdict });
        }
    }
    Ok(())
}

/// The files of a folder with an extension, by name, in the order of their names.
pub(crate) fn files(folder: &Path, extension: &str) -> Result<Vec<(String, String)>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    let named = paths.iter().map(|path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        read(path).map(|text| (name, text))
    });
    named.collect()
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.replace("\r\n", "\n"))
}
