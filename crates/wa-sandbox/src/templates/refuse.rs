//! Messages that do not fit their template, and what the API says of them.

use wa_message_core::Message;
use wa_message_rules::{
    Node, ProblemKind, Violation,
    definition::{Button, Layout, Mismatch, MismatchKind},
    json::{Document, Json},
    shown,
};
use wa_message_spec::templates::DEMANDS;

use super::{
    store::{Against, TemplateStore},
    table::SendRefusal,
};
use crate::{
    generated::templates::{CALLED, REFUSED_SENDS, When},
    refusal::Refusal,
};

/// Refuses a message that does not fit its template. Without definitions, each template is taken.
pub(crate) fn check(message: &Message, templates: &TemplateStore) -> Result<(), Refusal> {
    let sent = &DEMANDS.sent;
    let Ok(message) = Document::new(&message.to_json()) else { return Ok(()) };
    let template = sent.way.iter().try_fold(message.root(), |node, name| node.member(name));
    let Some(template) = template else { return Ok(()) };
    let name = template.text_of(sent.name).unwrap_or_default();
    let language = sent.language.iter().try_fold(template, |node, name| node.member(name));
    let language = language.and_then(Json::text).unwrap_or_default();
    let Some(against) = templates.against(&name, &language) else { return Ok(()) };
    let found = against.judge(&message);
    let asked = Asked { against: &against, language: &shown(&language) };
    found.iter().find_map(|violation| asked.refusal(violation)).map_or(Ok(()), Err)
}

/// What a message asks for.
struct Asked<'a> {
    against: &'a Against,
    language: &'a str,
}

/// What a row is about, and what goes into its holes.
struct About {
    when: When,
    of: String,
    holes: Vec<(&'static str, String)>,
}

impl Asked<'_> {
    /// The refusal of the first row that fits. What is in no row is accepted.
    fn refusal(&self, violation: &Violation<Json<'_>>) -> Option<Refusal> {
        let ProblemKind::Template(mismatch) = violation.problem.kind() else { return None };
        let mut about = self.about(mismatch, violation)?;
        let fits = |row: &&SendRefusal| {
            row.when == about.when
                && (row.of.is_empty() || row.of.contains(&about.of.as_str()))
                && row.rule.is_none_or(|rule| violation.number == Some(rule))
        };
        let row = REFUSED_SENDS.iter().find(fits)?;
        let status = || DEMANDS.status(&about.of)?.code.and_then(|code| u32::try_from(code).ok());
        let code = row.code.or_else(status)?;
        about.holes.push(("name", mismatch.template().to_owned()));
        about.holes.push(("language", self.language.to_owned()));
        let refusal = Refusal::of_code(code, filled(row.details, &about.holes));
        Some(refusal.saying(violation.problem.to_string()))
    }

    #[allow(clippy::too_many_lines)] // One match, of which each arm is one kind.
    fn about(&self, mismatch: &Mismatch, violation: &Violation<Json<'_>>) -> Option<About> {
        use MismatchKind as Kind;
        let about = |when, of: &str, holes| About { when, of: of.to_owned(), holes };
        Some(match mismatch.kind() {
            Kind::NoTemplate { .. } => about(When::NoTemplate, "", vec![]),
            Kind::NoLanguage { .. } => about(When::NoLanguage, "", vec![]),
            Kind::Status { .. } => {
                let status = self.against.definition()?.known_status()?.name;
                about(When::Status, status, vec![])
            }
            Kind::HeaderNeeded { card, .. } => self.header(When::HeaderNeeded, *card, "")?,
            Kind::HeaderNotTaken { .. } => about(When::HeaderNotTaken, "", vec![]),
            Kind::HeaderKind { card, found, .. } => self.header(When::HeaderKind, *card, found)?,
            Kind::Count { wanted, found, .. } => about(When::Count, "", numbers(*found, *wanted)),
            Kind::VariablesMissing { names, .. } => {
                let found = given(violation);
                about(When::VariablesMissing, "", numbers(found, found + names.len()))
            }
            Kind::VariableUnknown { name, .. } => {
                about(When::VariableUnknown, "", vec![("variable", name.clone())])
            }
            Kind::NamesNeeded { .. } => about(When::NamesNeeded, "", vec![]),
            Kind::NoNames { .. } => about(When::NoNames, "", vec![]),
            Kind::ButtonMissing { card, index, .. } => {
                self.button(When::ButtonMissing, *card, *index)?
            }
            Kind::ButtonFixed { card, index } => self.button(When::ButtonFixed, *card, *index)?,
            Kind::ButtonKind { card, index, .. } => self.button(When::ButtonKind, *card, *index)?,
            Kind::NoButton { index, .. } => {
                about(When::NoButton, "", vec![("index", index.to_string())])
            }
            Kind::CodesDiffer => about(When::CodesDiffer, "", vec![]),
            Kind::CardCount { wanted, found } => {
                about(When::CardCount, "", numbers(*found, *wanted))
            }
            Kind::PartNeeded { .. } => about(When::PartNeeded, "", vec![]),
            Kind::PartNotTaken { component, is_certain: true } => {
                about(When::PartNotTaken, component, vec![("component", component.clone())])
            }
            Kind::TooLong { length, max, .. } => about(When::TooLong, "", lengths(*length, *max)),
            Kind::CodeTooLong { length, max } => {
                about(When::CodeTooLong, "", lengths(*length, *max))
            }
            Kind::NotForCodes { member, value } => {
                let value = value.unwrap_or_default();
                let holes = vec![("member", (*member).to_owned()), ("value", value.to_owned())];
                about(When::NotForCodes, member, holes)
            }
            // The rest is advice for whoever writes the message.
            _ => return None,
        })
    }

    /// The template itself, or a card of it. Of cards of which a message has as many as it likes, the last goes on.
    fn layout(&self, card: Option<usize>) -> Option<&Layout> {
        let definition = self.against.definition()?;
        let Some(card) = card else { return Some(definition.layout()) };
        let cards = definition.cards()?;
        cards.get(card).or(cards.last())
    }

    fn header(&self, when: When, card: Option<usize>, found: &str) -> Option<About> {
        let format = self.layout(card)?.header()?.format()?.name;
        let holes = vec![("expected", format.to_owned()), ("received", found.to_ascii_uppercase())];
        Some(About { when, of: format.to_owned(), holes })
    }

    fn button(&self, when: When, card: Option<usize>, index: usize) -> Option<About> {
        let kind = self.layout(card)?.buttons().get(index).and_then(Button::kind)?.name;
        let called =
            CALLED.iter().find(|(name, _)| *name == kind).map_or(kind, |(_, called)| called);
        let holes = vec![("index", index.to_string()), ("type", called.to_owned())];
        Some(About { when, of: kind.to_owned(), holes })
    }
}

fn numbers(found: usize, wanted: usize) -> Vec<(&'static str, String)> {
    vec![("found", found.to_string()), ("wanted", wanted.to_string())]
}

fn lengths(length: usize, max: usize) -> Vec<(&'static str, String)> {
    vec![("length", length.to_string()), ("max", max.to_string())]
}

/// How many values the component has that lacks some.
fn given(violation: &Violation<Json<'_>>) -> usize {
    let parameters = violation.at.member(DEMANDS.sent.parameters).and_then(Json::items);
    parameters.map_or(0, Iterator::count)
}

/// Fills holes in braces. What is filled in is not read again.
fn filled(details: &str, holes: &[(&str, String)]) -> String {
    let (mut out, mut rest) = (String::new(), details);
    while let Some((before, behind)) = rest.split_once('{')
        && let Some((name, behind)) = behind.split_once('}')
    {
        out.push_str(before);
        let value = holes.iter().find(|(hole, _)| *hole == name);
        out.push_str(value.map_or("", |(_, value)| value));
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_once() {
        let holes = [("name", "{found}".to_owned()), ("found", "1".to_owned())];
        assert_eq!(filled("a {name} of {found}{none}", &holes), "a {found} of 1");
    }

    /// What the holes of the rows are called.
    #[test]
    fn each_hole_is_known() {
        const KNOWN: [&str; 14] = [
            "name",
            "language",
            "found",
            "wanted",
            "index",
            "type",
            "expected",
            "received",
            "component",
            "variable",
            "length",
            "max",
            "member",
            "value",
        ];
        for row in REFUSED_SENDS {
            let holes = row.details.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            for (hole, _) in holes {
                assert!(KNOWN.contains(&hole), "{}: {hole}", row.details);
            }
        }
    }
}
