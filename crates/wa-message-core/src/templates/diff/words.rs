//! The lines of changes.

use std::fmt::{self, Formatter};

use wa_message_rules::{listed, quoted, shown};

use super::{ButtonShape, Change, ChangeClass, ChangeKind as Kind, ChangedText, Diff};

/// A text as a line calls it.
#[derive(Clone, Copy)]
struct Text(ChangedText);

impl fmt::Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (what, card) = match self.0 {
            ChangedText::Header { card } => ("the header".to_owned(), card),
            ChangedText::Body { card } => ("the body".to_owned(), card),
            ChangedText::Footer { card } => ("the footer".to_owned(), card),
            ChangedText::Button { card, index } => (format!("button {index}"), card),
        };
        write!(f, "{what}{}", Of(card))
    }
}

/// The card that something is in.
#[derive(Clone, Copy)]
struct Of(Option<usize>);

impl fmt::Display for Of {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |card| write!(f, " of card {card}"))
    }
}

pub(super) fn line(change: &Change, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str(&quoted(&change.name))?;
    if let Some(language) = &change.language {
        write!(f, " ({})", shown(language))?;
    }
    f.write_str(": ")?;
    match &change.kind {
        Kind::TemplateAdded => f.write_str("the template is new"),
        Kind::TemplateRemoved => f.write_str("the template is gone"),
        Kind::LanguageAdded => f.write_str("the language is new"),
        Kind::LanguageRemoved => f.write_str("the language is gone"),
        Kind::Naming { is_named: true } => f.write_str("the variables have names, before numbers"),
        Kind::Naming { is_named: false } => f.write_str("the variables have numbers, before names"),
        Kind::Header { card, before, now } => header(Of(*card), *before, *now, f),
        Kind::Variables { of, before, now, is_named } => {
            variables(Text(*of), before, now, *is_named, f)
        }
        Kind::Button { card, index, before, now } => {
            write!(f, "button {index}{} ", Of(*card))?;
            button(before.as_ref(), now.as_ref(), f)
        }
        Kind::Cards { before, now } => {
            let cards = |count: &Option<usize>| match count {
                None => "none".to_owned(),
                Some(count) => count.to_string(),
            };
            let noun = if *now == Some(1) { "card" } else { "cards" };
            write!(
                f,
                "it takes {} {noun}, before {}",
                cards(now).replace("none", "no"),
                cards(before)
            )
        }
        Kind::Component { says, before, now } => {
            let need = |need: &Option<bool>| match need {
                None => "is not taken",
                Some(false) => "may be given",
                Some(true) => "is needed",
            };
            let before = match before {
                None => "was not taken",
                Some(false) => "could be left out",
                Some(true) => "was needed",
            };
            write!(f, "{says} {}, before it {before}", need(now))
        }
        Kind::Wording { of } => write!(f, "{} has other words", Text(*of)),
        Kind::Status { before, now } => became("the state", before.as_deref(), now.as_deref(), f),
        Kind::Category { before, now } => {
            became("the category", before.as_deref(), now.as_deref(), f)
        }
        Kind::Quality => f.write_str("the quality is another one"),
        Kind::Other { member } => write!(f, "{} is another one", quoted(member)),
    }
}

fn header(of: Of, before: Option<&str>, now: Option<&str>, f: &mut Formatter<'_>) -> fmt::Result {
    match (before, now) {
        (None, Some(now)) => write!(f, "the header{of} is {now} and needs a value, before none"),
        (Some(before), None) => write!(f, "the header{of} takes no value, before {before}"),
        (before, now) => {
            let (before, now) = (before.unwrap_or_default(), now.unwrap_or_default());
            write!(f, "the header{of} is {now}, before {before}")
        }
    }
}

fn variables(
    of: Text,
    before: &[String],
    now: &[String],
    is_named: bool,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    if !is_named {
        let count = match now.len() {
            0 => "no variable".to_owned(),
            1 => "1 variable".to_owned(),
            count => format!("{count} variables"),
        };
        return match before.len() {
            0 => write!(f, "{of} takes {count}, before none"),
            before => write!(f, "{of} takes {count}, before {before}"),
        };
    }
    let but = |names: &[String], others: &[String]| {
        let left: Vec<_> =
            names.iter().filter(|name| !others.contains(name)).map(|name| quoted(name)).collect();
        (!left.is_empty()).then(|| listed(left, "and"))
    };
    match (but(now, before), but(before, now)) {
        (Some(new), Some(gone)) => write!(f, "{of} takes {new}, and no longer {gone}"),
        (Some(new), None) => write!(f, "{of} takes {new} too"),
        (None, gone) => write!(f, "{of} takes {} no longer", gone.unwrap_or_default()),
    }
}

fn button(
    before: Option<&ButtonShape>,
    now: Option<&ButtonShape>,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let need = |shape: &ButtonShape| match (shape.is_needed, shape.is_fillable) {
        (true, _) => "needs a value",
        (false, true) => "may have a value",
        (false, false) => "takes no value",
    };
    match (before, now) {
        (_, None) => f.write_str("is gone"),
        (None, Some(now)) => write!(f, "is new, {}, and {}", shown(&now.says), need(now)),
        (Some(before), Some(now)) if before.says == now.says => {
            let before = match (before.is_needed, before.is_fillable) {
                (true, _) => "needed one",
                (false, true) => "could have one",
                (false, false) => "took none",
            };
            write!(f, "{}, before it {before}", need(now))
        }
        (Some(before), Some(now)) => {
            write!(f, "is {} and {}, before {}", shown(&now.says), need(now), shown(&before.says))
        }
    }
}

fn became(
    what: &str,
    before: Option<&str>,
    now: Option<&str>,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    match (before, now) {
        (Some(before), Some(now)) => {
            write!(f, "{what} is {}, before {}", quoted(now), quoted(before))
        }
        (None, Some(now)) => write!(f, "{what} is {}, before not known", quoted(now)),
        (_, None) => write!(f, "{what} is not known any more"),
    }
}

pub(super) fn summary(diff: &Diff) -> String {
    let of = [
        (ChangeClass::Shape, "shape"),
        (ChangeClass::Added, "something new"),
        (ChangeClass::Wording, "wording"),
        (ChangeClass::Status, "status"),
        (ChangeClass::Category, "category"),
        (ChangeClass::Quality, "quality"),
        (ChangeClass::Other, "something else"),
    ];
    let counted = of.map(|(class, word)| (diff.count(class), word));
    let words: Vec<_> = counted
        .into_iter()
        .filter(|(count, _)| *count != 0)
        .map(|(count, word)| format!("{count} of {word}"))
        .collect();
    if words.is_empty() { "no difference".to_owned() } else { words.join(", ") }
}
