//! The sentences about messages that do not fit their template.

use std::fmt::{self, Formatter};

use super::mismatch::{Mismatch, MismatchKind as Kind, Of, Text};
use crate::{problem::listed, shown::quoted};

/// A template as sentences name it: `` `order_ready` (en_US) ``.
struct Template<'m>(&'m Mismatch);

impl fmt::Display for Template<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0.template)?;
        match &self.0.language {
            Some(language) => write!(f, " ({language})"),
            None => Ok(()),
        }
    }
}

/// A card, if it is one, and the template.
struct In<'m>(Option<usize>, &'m Mismatch);

impl fmt::Display for In<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(card) = self.0 {
            write!(f, "card {card} of ")?;
        }
        Template(self.1).fmt(f)
    }
}

/// A text of a template: "the body of card 1".
struct What<'m>(Of, &'m Mismatch);

impl fmt::Display for What<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let inside = In(self.0.card, self.1);
        match self.0.part {
            Text::Header => write!(f, "the header of {inside}"),
            Text::Body => write!(f, "the body of {inside}"),
            Text::Button(index) => write!(f, "button {index} of {inside}"),
        }
    }
}

/// The sentence of a mismatch.
#[allow(clippy::too_many_lines)] // One match, so that the compiler knows it to be whole.
pub(super) fn sentence(mismatch: &Mismatch, f: &mut Formatter<'_>) -> fmt::Result {
    let template = Template(mismatch);
    let inside = |card: &Option<usize>| In(*card, mismatch);
    let what = |of: &Of| What(*of, mismatch);
    match &mismatch.kind {
        Kind::NoTemplate { .. } => {
            write!(f, "there is no template {template} among the definitions")
        }
        Kind::NoLanguage { held } => {
            let language = mismatch.language.as_deref().unwrap_or_default();
            let name = &mismatch.template;
            write!(f, "`{name}` is not defined in `{language}`, but in {}", some(held))
        }
        Kind::Status { says } => write!(f, "{template} {says}, and is not sent"),
        Kind::HeaderNeeded { card, says } => {
            write!(f, "the header of {} is {says}, and none is given", inside(card))
        }
        Kind::HeaderNotTaken { card, has_header: true } => {
            write!(f, "the header of {} is fixed, and takes no value", inside(card))
        }
        Kind::HeaderNotTaken { card, has_header: false } => {
            write!(f, "{} has no header", inside(card))
        }
        Kind::HeaderKind { card, wanted, found } => {
            write!(f, "the header of {} is {wanted}, and `{found}` is given", inside(card))
        }
        Kind::Count { of, wanted, found, at_least } => {
            let variables = match wanted {
                0 => "no variable".to_owned(),
                1 => "1 variable".to_owned(),
                wanted => format!("{wanted} variables"),
            };
            let least = if *at_least { "at least " } else { "" };
            let given = match found {
                0 => "none is".to_owned(),
                1 => format!("{least}1 is"),
                found => format!("{least}{found} are"),
            };
            write!(f, "{} takes {variables}, and {given} given", what(of))
        }
        Kind::VariablesMissing { of, names } => {
            write!(f, "{} lacks {}", what(of), some(names))
        }
        Kind::VariableUnknown { of, name, .. } => {
            write!(f, "{} has no variable `{name}`", what(of))
        }
        Kind::NamesNeeded { of } => {
            write!(f, "{} has variables with names, and a value without a name is given", what(of))
        }
        Kind::NoNames { of } => {
            write!(f, "{} has variables with numbers, and takes no names", what(of))
        }
        Kind::ButtonMissing { card, index, says } => {
            write!(
                f,
                "button {index} of {} is {says} that needs a value, and none is given",
                inside(card)
            )
        }
        Kind::ButtonFixed { card, index } => {
            write!(
                f,
                "button {index} of {} is fixed in the template, and takes no value",
                inside(card)
            )
        }
        Kind::ButtonKind { card, index, wanted, found } => {
            write!(f, "button {index} of {} is {wanted}, and `{found}` is given", inside(card))
        }
        Kind::NoButton { card, index, count } => {
            let buttons = match count {
                0 => "no button".to_owned(),
                1 => "1 button".to_owned(),
                count => format!("{count} buttons"),
            };
            write!(f, "{} has {buttons}, and none at index {index}", inside(card))
        }
        Kind::SuffixAlone { index } => write!(
            f,
            "button {index} of {template} has the beginning of the address already; only what stands for the variable is given"
        ),
        Kind::CodesDiffer => {
            write!(f, "the code in the button of {template} is another one than that in its body")
        }
        Kind::CodeTooLong { length, max } => {
            write!(f, "the code of {template} has {length} characters, and at most {max} are taken")
        }
        Kind::Useless { index, member, needs: (needs, value) } => write!(
            f,
            "`{member}` has no use with button {index} of {template}, whose `{needs}` is not `{value}`"
        ),
        Kind::CardCount { wanted, found } => {
            let cards = if *wanted == 1 { "card" } else { "cards" };
            let are = if *found == 1 { "is" } else { "are" };
            write!(f, "{template} has {wanted} {cards}, and {found} {are} given")
        }
        Kind::PartNeeded { says } => write!(f, "{template} needs {says}, and none is given"),
        Kind::PartNotTaken { component, is_certain: true } => {
            write!(f, "{template} has no `{component}`")
        }
        Kind::PartNotTaken { component, is_certain: false } => {
            write!(f, "the definition of {template} does not tell of an `{component}`")
        }
        Kind::NeedsButton { component, button } => {
            write!(f, "`{component}` has no use with {template}, which has no `{button}` button")
        }
        Kind::TooLong { of, length, max } => write!(
            f,
            "{} has {length} characters when it is filled in, and at most {max} are taken",
            what(of)
        ),
        Kind::NotForCodes { member, value: Some(value) } => {
            write!(f, "{template} is for one-time codes, which go to no {member} `{value}`")
        }
        Kind::NotForCodes { member, value: None } => write!(
            f,
            "{template} is for one-time codes, which the API refuses without `{member}` (131062)"
        ),
    }
}

/// How many names are listed.
const NAMED_AT_MOST: usize = 24;

/// Names in a list, and how many there are beside them.
fn some(names: &[String]) -> String {
    let shown = names.iter().take(NAMED_AT_MOST).map(|name| quoted(name));
    let more = names.len().saturating_sub(NAMED_AT_MOST);
    listed(shown.chain((more > 0).then(|| format!("{more} more"))), "and")
}

/// What may help with a mismatch.
pub(super) fn help(mismatch: &Mismatch) -> Option<String> {
    let write = mismatch.write.as_deref();
    if let Some(meant) = mismatch.meant {
        return Some(format!("it belongs to button {meant}: write this index, or none at all"));
    }
    match &mismatch.kind {
        Kind::NoTemplate { near: Some(near) } | Kind::VariableUnknown { near: Some(near), .. } => {
            Some(format!("did you mean `{near}`?"))
        }
        Kind::NoTemplate { near: None } => Some(
            "definitions are those of one account: is this name among its templates?".to_owned(),
        ),
        Kind::NoLanguage { .. } => {
            Some("the API falls back to no other language: `en` and `en_US` are two".to_owned())
        }
        Kind::VariableUnknown { names, .. } => Some(format!("its variables are {}", some(names))),
        Kind::ButtonFixed { index, .. } => {
            Some(format!("leave it out; it keeps index {index} all the same"))
        }
        Kind::CodesDiffer => {
            Some("the code goes into `body` and into the button, the same both times".to_owned())
        }
        Kind::ButtonKind { found, .. } if write.is_none() => {
            Some(format!("no button is left that takes `{found}`: leave it out"))
        }
        _ => write.map(|write| format!("write `{write}`")),
    }
}
