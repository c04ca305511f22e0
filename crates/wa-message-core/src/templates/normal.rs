//! The normal form in which definitions are kept in files.
//!
//! It has what decides over messages and what people review, and nothing that changes by itself: neither ids, nor
//! qualities and times, nor the signed addresses of samples, and no switch that is off. Templates are sorted by name and
//! language, members always stand in one order, and each value has a line of its own. So the same definitions are the
//! same bytes, and a difference of two files is one of two templates.
//!
//! ```
//! use wa_message::{Templates, templates::normal};
//!
//! let page = r#"{ "data": [
//!     { "id": "7", "language": "de", "name": "hello", "components": [{ "text": "Hallo", "type": "BODY" }] }
//! ], "paging": { "cursors": {} } }"#;
//! let templates = Templates::from_json(page)?;
//! let files = normal::files(&templates);
//! assert_eq!(files[0].file_name().as_deref(), Some("hello.json"));
//! assert_eq!(
//!     files[0].text(),
//!     r#"{
//!   "data": [
//!     {
//!       "name": "hello",
//!       "language": "de",
//!       "components": [
//!         {
//!           "type": "BODY",
//!           "text": "Hallo"
//!         }
//!       ]
//!     }
//!   ]
//! }
//! "#
//! );
//! # Ok::<_, wa_message::templates::TemplatesError>(())
//! ```

use std::fmt::Write as _;

use wa_message_rules::{Node as _, json::Json};
use wa_message_spec::templates::DEMANDS;

use super::{Definition, Templates};

/// Members of a definition that change by themselves, and that no message depends on.
const LEFT_OUT: [&str; 4] = ["health_status", "id", "last_updated_time", QUALITY];
/// The quality of a template.
pub(super) const QUALITY: &str = "quality_score";
/// The samples of a header that is a file. Each look has other addresses.
const SAMPLE_FILES: &str = "header_handle";
/// How wide a step to the right is.
const STEP: usize = 2;

/// All languages of a template in the normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFile {
    name: String,
    text: String,
}

impl TemplateFile {
    /// Returns the name of the template.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the name of the file, if the template has a name that a template can have: of small letters, digits
    /// and `_`. No other is a name that is safe to write to.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_name = !self.name.is_empty() && self.name.bytes().all(is_plain);
        is_name.then(|| format!("{}.json", self.name))
    }

    /// Returns the JSON, with a line break at its end.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Writes definitions in the normal form: a file for each name, with all its languages, sorted by the names.
#[must_use]
pub fn files(templates: &Templates) -> Vec<TemplateFile> {
    let file = |name: &str| {
        let languages = templates.languages(name);
        let text =
            written(languages.filter_map(|language| templates.get(name, language)).collect());
        TemplateFile { name: name.to_owned(), text }
    };
    templates.names().map(file).collect()
}

/// Writes definitions in the normal form, all in one text.
#[must_use]
pub fn page(templates: &Templates) -> String {
    written(templates.iter().collect())
}

fn written(mut templates: Vec<Definition<'_>>) -> String {
    templates.sort_by_key(|template| (template.name(), template.language()));
    let mut out = format!("{{\n{:STEP$}\"{}\": [", "", DEMANDS.members.page);
    for (at, template) in templates.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { "," });
        line(&mut out, 2);
        definition(&mut out, *template);
    }
    if !templates.is_empty() {
        line(&mut out, 1);
    }
    out.push_str("]\n}\n");
    out
}

fn definition(out: &mut String, template: Definition<'_>) {
    let members = &DEMANDS.members;
    let kept = members_of(template.json_value()).into_iter();
    let kept = kept.filter(|(name, _)| !is_left_out(name)).collect();
    object(out, kept, 2, &mut |out, name, value| {
        if name == members.language {
            // Some answers write it in another way.
            text(out, template.language());
        } else {
            self::value(out, name, value, 3);
        }
    });
}

/// Whether a member is left out of a definition.
pub(super) fn is_left_out(name: &str) -> bool {
    LEFT_OUT.contains(&name)
}

/// A value in the normal form, as a text that is the same for the same value.
pub(super) fn same(name: &str, json: Option<Json<'_>>) -> String {
    let mut out = String::new();
    if let Some(json) = json.filter(|json| is_kept(name, *json)) {
        value(&mut out, name, json, 0);
    }
    out
}

/// Writes the value of a member, or of an item of it. Nothing in it lies deeper than a reader takes.
fn value(out: &mut String, name: &str, json: Json<'_>, depth: usize) {
    if let Some(items) = json.items() {
        let mut items: Vec<_> = items.collect();
        if name == DEMANDS.members.components {
            items.sort_by_key(|component| place_of(*component));
        }
        list(out, name, &items, depth);
    } else if json.is_object() {
        object(out, members_of(json), depth, &mut |out, name, json| {
            value(out, name, json, depth + 1);
        });
    } else if let Some(found) = json.text() {
        text(out, &found);
    } else {
        out.push_str(json.raw());
    }
}

fn list(out: &mut String, name: &str, items: &[Json<'_>], depth: usize) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { "," });
        line(out, depth + 1);
        // The items of an array in an array are none of its kind.
        let name = if item.items().is_some() { "" } else { name };
        value(out, name, *item, depth + 1);
    }
    if !items.is_empty() {
        line(out, depth);
    }
    out.push(']');
}

fn object(
    out: &mut String,
    mut members: Vec<(&str, Json<'_>)>,
    depth: usize,
    write: &mut dyn FnMut(&mut String, &str, Json<'_>),
) {
    members.sort_by_key(|(name, _)| (rank(name), *name));
    out.push('{');
    let mut separator = "";
    for (name, json) in members {
        out.push_str(separator);
        line(out, depth + 1);
        text(out, name);
        out.push_str(": ");
        write(out, name, json);
        separator = ",";
    }
    if !separator.is_empty() {
        line(out, depth);
    }
    out.push('}');
}

/// The members of an object that are kept. Of those with one name it is the last, as everywhere.
fn members_of(json: Json<'_>) -> Vec<(&str, Json<'_>)> {
    let mut members: Vec<(&str, Json<'_>)> = json.members().into_iter().flatten().collect();
    members.reverse();
    members.sort_by_key(|(name, _)| *name);
    members.dedup_by_key(|(name, _)| *name);
    members.retain(|(name, json)| is_kept(name, *json));
    members
}

/// Whether a member says anything: no switch that is off does, and nothing that only samples of files are in.
fn is_kept(name: &str, json: Json<'_>) -> bool {
    let is_sample = || {
        let mut members = json.members().into_iter().flatten().peekable();
        members.peek().is_some() && members.all(|(name, _)| name == SAMPLE_FILES)
    };
    !json.is_null()
        && json.boolean() != Some(false)
        && name != SAMPLE_FILES
        && !(name == DEMANDS.members.example && is_sample())
}

/// Where a member stands: first what names something, last what is long.
fn rank(name: &str) -> usize {
    let members = &DEMANDS.members;
    let first = [
        members.name,
        members.language,
        members.status,
        members.category,
        members.tag,
        members.format,
        members.text,
    ];
    let last = [members.buttons, members.cards, members.components];
    let is_it = |known: &&str| *known == name;
    match (first.iter().position(&is_it), last.iter().position(is_it)) {
        (Some(at), _) => at,
        (None, Some(at)) => first.len() + 1 + at,
        (None, None) => first.len(),
    }
}

/// Where a component stands. What is not known comes last, in the order of the answer.
fn place_of(component: Json<'_>) -> usize {
    let tag = component.text_of(DEMANDS.members.tag).unwrap_or_default();
    let mut known = DEMANDS.components.iter();
    known.position(|kind| kind.name.eq_ignore_ascii_case(&tag)).unwrap_or(DEMANDS.components.len())
}

fn line(out: &mut String, depth: usize) {
    let _ = write!(out, "\n{:1$}", "", depth * STEP);
}

/// A text in quotes, with no more escapes than JSON needs.
fn text(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter if letter < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
}
