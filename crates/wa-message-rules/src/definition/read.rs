//! From the JSON of a definition to what it demands.

use std::sync::Arc;

use super::{
    fault::Fault,
    layout::{Button, Definition, Header, Layout, Part},
    table::{ComponentKind, Demands, Role},
    variables::Words,
};
use crate::{
    json::Json,
    node::{Node, Value},
    shown::quoted,
};

/// Reads a definition whose name and language are known.
pub(super) fn definition(
    demands: &'static Demands,
    source: &Arc<str>,
    name: &str,
    language: &str,
    json: Json<'_>,
) -> Definition {
    let members = &demands.members;
    let text = |name: &str| json.text_of(name).map(String::from);
    let (status, category) = (text(members.status), text(members.category));
    let is_for_codes = is(category.as_deref(), members.codes);
    let mut reader = Reader {
        demands,
        source,
        name,
        is_for_codes,
        parts: Vec::new(),
        cards: None,
        has_unknown: false,
        faults: Vec::new(),
    };
    let layout = reader.layout(json, false);
    let Reader { mut parts, cards, has_unknown, faults, .. } = reader;
    let marks = demands.marks.iter().filter_map(|mark| {
        let found = json.text_of(mark.member)?;
        Some((mark, mark.values.iter().any(|value| value.eq_ignore_ascii_case(&found))))
    });
    let marks: Vec<_> = marks.collect();
    for (mark, _) in marks.iter().filter(|(_, holds)| *holds) {
        let (says, write) = (mark.says, mark.write);
        parts.push(Part { sent_as: mark.sent_as, says, write, is_needed: true });
    }
    let mut definition = Definition {
        name: name.to_owned(),
        language: language.to_owned(),
        source: Arc::clone(source),
        place: json.place(),
        known_status: status.as_deref().and_then(|status| demands.status(status)),
        status,
        category,
        is_named: false,
        is_for_codes,
        layout,
        cards,
        parts,
        marks,
        has_unknown,
        faults,
    };
    name_variables(&mut definition, demands, json);
    definition
}

/// Whether a switch is on, which some answers write as a text.
fn is_true(json: Json<'_>) -> bool {
    json.boolean().unwrap_or_else(|| is(json.text().as_deref(), "true"))
}

fn is(found: Option<&str>, wanted: &str) -> bool {
    found.is_some_and(|found| found.eq_ignore_ascii_case(wanted))
}

/// Finds out whether variables have names. What the definition says goes before what its texts look like, as the
/// API asks for names by it.
fn name_variables(definition: &mut Definition, demands: &'static Demands, json: Json<'_>) {
    let layouts = || std::iter::once(&definition.layout).chain(definition.cards.iter().flatten());
    let headers = layouts().filter_map(|layout| layout.header.as_ref()?.words.as_ref());
    let bodies = layouts().filter_map(|layout| layout.body.as_ref());
    let all: Vec<_> = headers.chain(bodies).collect();
    let is_number = |name: &str| name.parse::<usize>().is_ok();
    let looks_named = all.iter().flat_map(|words| words.names()).any(|name| !is_number(name));
    let has_variables = all.iter().any(|words| !words.variables().is_empty());
    let (member, by_name) = demands.members.parameter_format;
    let format = json.member(member);
    let said = format.and_then(Json::text).map(|said| said.eq_ignore_ascii_case(by_name));
    definition.is_named = said.unwrap_or(looks_named);
    let gaps: Vec<_> = all.iter().filter_map(|words| words.gap()).collect();
    if let (Some(said), Some(format)) = (said, format)
        && has_variables
        && said != looks_named
    {
        let (says, shown) = if said { ("names", "numbers") } else { ("numbers", "names") };
        let says =
            format!("`{member}` says that variables have {says}, and the texts have {shown}");
        definition.faults.push(fault(definition, format, says).harmless());
    }
    for gap in gaps {
        let says = format!("the numbers of its variables leave out {gap}");
        definition.faults.push(fault(definition, json, says).harmless());
    }
}

fn fault(definition: &Definition, at: Json<'_>, says: String) -> Fault {
    Fault::at(&definition.source, at.place(), says).of(&definition.name)
}

struct Reader<'r> {
    demands: &'static Demands,
    source: &'r Arc<str>,
    name: &'r str,
    is_for_codes: bool,
    parts: Vec<Part>,
    cards: Option<Vec<Layout>>,
    /// Whether a component is there that is not known, so that what it demands is not known either. A header of a
    /// format or a button of a kind that is not known is at least that.
    has_unknown: bool,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// The components of a template, or of a card of it.
    fn layout(&mut self, json: Json<'_>, is_card: bool) -> Layout {
        let members = &self.demands.members;
        let mut layout = Layout::default();
        let Some(components) = json.member(members.components).filter(|json| !json.is_null())
        else {
            if !is_card {
                self.hindrance(json, format!("it has no `{}`", members.components));
            }
            return layout;
        };
        let Some(components) = components.items() else {
            self.hindrance(components, format!("`{}` is no array", members.components));
            return layout;
        };
        let mut seen: Vec<&str> = Vec::new();
        for component in components {
            let Some(kind) = self.known(component, "component", Demands::component) else {
                self.has_unknown = true;
                continue;
            };
            if seen.contains(&kind.name) {
                self.note(component, format!("it has a second {}", kind.name));
                continue;
            }
            seen.push(kind.name);
            self.component(&mut layout, kind, component, is_card);
        }
        layout
    }

    fn component(
        &mut self,
        layout: &mut Layout,
        kind: &'static ComponentKind,
        json: Json<'_>,
        is_card: bool,
    ) {
        let members = &self.demands.members;
        let text = json.text_of(members.text);
        let words = text.as_deref().map(Words::new);
        if let Some(words) = &words {
            self.sample(words, json);
        }
        match kind.role {
            Role::Header => {
                let format = json.text_of(members.format);
                let known = format.as_deref().and_then(|format| self.demands.format(format));
                if known.is_none() {
                    let found = format.as_deref().map_or_else(|| "no format".to_owned(), quoted);
                    self.note(json, format!("its header has {found}, which is not known here"));
                }
                layout.header = Some(Header { format: known, words });
            }
            Role::Body => {
                // The API writes the text of one-time codes itself.
                let is_hidden = words.is_none() && self.is_for_codes;
                layout.body = if is_hidden { Some(Words::hidden()) } else { words };
                if layout.body.is_none() && !is_card {
                    self.hindrance(json, "its body has no text".to_owned());
                }
            }
            Role::Buttons => {
                let buttons = json.member(members.buttons).and_then(Json::items);
                if buttons.is_none() {
                    self.hindrance(json, format!("`{}` is no array", members.buttons));
                }
                layout.buttons =
                    buttons.into_iter().flatten().map(|json| self.button(json)).collect();
            }
            Role::Cards => {
                let cards = json.member(members.cards).and_then(Json::items);
                if cards.is_none() {
                    self.hindrance(json, format!("`{}` is no array", members.cards));
                }
                let cards = cards.into_iter().flatten().map(|card| self.layout(card, true));
                self.cards = Some(cards.collect());
            }
            Role::Part => {
                let needs = kind.needed_with.iter().try_fold(json, |json, name| json.member(name));
                let is_needed = needs.is_some_and(is_true);
                let ComponentKind { sent_as, says, write, .. } = kind;
                self.parts.push(Part { sent_as, says, write, is_needed });
            }
            Role::Fixed => layout.footer = text.map(String::from).or(layout.footer.take()),
        }
    }

    /// A sample has a value for each variable, in one of the forms in which samples are written.
    fn sample(&mut self, words: &Words, json: Json<'_>) {
        let members = json.member(self.demands.members.example).and_then(Json::members);
        let Some((_, sample)) = members.into_iter().flatten().next() else { return };
        let count = |json: Json<'_>| json.items().map_or(1, Iterator::count);
        let is_nested = |json: Json<'_>| json.items().is_some();
        let first = sample.items().and_then(|mut items| items.next());
        let found = first.filter(|first| is_nested(*first)).map_or_else(|| count(sample), count);
        let wanted = words.variables().len();
        if wanted != found && wanted != 0 {
            let variables = if wanted == 1 { "variable" } else { "variables" };
            let values = if found == 1 { "value" } else { "values" };
            let says =
                format!("its text has {wanted} {variables}, and its sample {found} {values}");
            self.note(json, says);
        }
    }

    fn button(&mut self, json: Json<'_>) -> Button {
        let members = &self.demands.members;
        let kind = self.known(json, "button", Demands::button);
        let words = kind.filter(|kind| !kind.variable_in.is_empty()).and_then(|kind| {
            let text = json.text_of(kind.variable_in)?;
            Some(Words::new(&text))
        });
        let useful = kind.and_then(|kind| kind.useful_with);
        let is_useful = useful.is_none_or(|(_, member, value)| {
            json.text_of(member).is_none_or(|found| found.eq_ignore_ascii_case(value))
        });
        Button {
            kind,
            name: json.text_of(members.tag).map(String::from).unwrap_or_default(),
            text: json.text_of(members.text).map(String::from),
            words,
            is_useful,
        }
    }

    /// The row of what a tag names.
    fn known<T>(
        &mut self,
        json: Json<'_>,
        what: &str,
        row: fn(&'static Demands, &str) -> Option<&'static T>,
    ) -> Option<&'static T> {
        let tag = self.demands.members.tag;
        let found = json.text_of(tag);
        let known = found.as_deref().and_then(|found| row(self.demands, found));
        if known.is_none() {
            let says = match (found, json.value()) {
                (Some(found), _) => format!("the {what} {} is not known here", quoted(&found)),
                (None, Value::Object(_)) => format!("a {what} has no `{tag}`"),
                (None, _) => format!("a {what} is no object"),
            };
            self.note(json, says);
        }
        known
    }

    fn note(&mut self, json: Json<'_>, says: String) {
        self.faults.push(Fault::at(self.source, json.place(), says).of(self.name).harmless());
    }

    fn hindrance(&mut self, json: Json<'_>, says: String) {
        self.faults.push(Fault::at(self.source, json.place(), says).of(self.name));
    }
}
