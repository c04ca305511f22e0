//! What can be wrong with a message, as data and as a sentence.

use std::fmt;

/// What is wrong with a value. `Display` gives the sentence that the macro prints and that
/// `InvalidMessage` carries.
///
/// `owner` is what a sentence calls the object: "a reply button", "`<list>`". `field` is what it
/// calls the value: "`title`".
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs)] // The members say what they are; each variant has its sentence below.
pub enum Problem {
    /// A member has to be given and is not.
    Missing { owner: String, field: String, what: String },
    /// A member is not known. It may be known further inside, which is shown as it is written there.
    Unknown { owner: String, field: String, suggestion: Option<String>, inside: Option<String> },
    /// A member is known to the API, but not here.
    Refused { field: String, because: String },
    /// A member belongs to another kind of message.
    Foreign { owner: String, field: String, belongs_to: String, suggestion: Option<String> },
    /// A member is given twice.
    Repeated { field: String },
    /// A value has another JSON type. `fix` is the value in the right one, where that is certain.
    WrongType { field: String, expected: String, found: String, fix: Option<String> },
    /// A text has too few characters.
    TooShort { owner: String, field: String, length: usize, min: usize },
    /// A text has too many characters.
    TooLong { owner: String, field: String, length: usize, max: usize },
    /// A text has not the form that it must have.
    Malformed { field: String, says: String },
    /// A value is not one of those that are known.
    NotAllowed { field: String, found: String, allowed: Vec<String>, suggestion: Option<String> },
    /// A number is too small or too great.
    OutOfRange { field: String, found: String, range: String },
    /// An array has too few items, or an object too few members.
    TooFew { owner: String, field: String, count: usize, min: usize },
    /// An array has too many items.
    TooMany { owner: String, field: String, count: usize, max: usize },
    /// Free JSON is nested deeper than it can be read again.
    TooDeep { field: String, max: usize },
    /// Items of several arrays are too many together.
    TooManyInAll { owner: String, items: String, containers: String, count: usize, max: usize },
    /// None of several members is given.
    NoneOf { owner: String, fields: Vec<String> },
    /// Two members are given that exclude each other.
    Both { owner: String, field: String, beside: String },
    /// Two values are equal that must not be.
    Duplicate { field: String, value: String, first: String },
    /// Too many items of a kind.
    Another { owner: String, value: String, max: usize },
    /// A text is too long under the circumstances.
    TooLongHere { field: String, length: usize, max: usize, circumstance: String },
    /// A member is not taken under the circumstances.
    NotTakenHere { field: String, circumstance: String },
    /// An array has too many items under the circumstances.
    TooManyHere { field: String, count: usize, max: usize, circumstance: String },
    /// A value is not the one that it has to be under the circumstances.
    NotAllowedHere { field: String, found: String, allowed: Vec<String>, circumstance: String },
    /// A value differs from others that it has to be equal to.
    Differs { field: String, found: String, wanted: String, first: String },
    /// An array has not as many items as others.
    CountDiffers { field: String, count: usize, wanted: usize, first: String },
    /// A member is given in some objects and not in others.
    Mixed { field: String, given: bool, first: String },
    /// A number is beyond the positions that there are.
    NotContiguous { field: String, found: String, count: usize },
    /// A number is not the sum that it has to be.
    WrongSum { field: String, found: String, sum: String, says: String },
    /// A number is not less than another.
    NotLess { field: String, found: String, than: String, limit: String },
    /// A member has to be given under the circumstances.
    NeededHere { owner: String, field: String, circumstance: String },
    /// A value is read, and the API writes it in another way. Advice.
    Respelt { field: String, found: String, written: String },
    /// A member is taken, and comes to nothing. Advice.
    Ignored { field: String },
    /// A rule that the description words itself.
    Rule { says: String },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { owner, field, what } if what.is_empty() => {
                write!(f, "{owner} needs {field}")
            }
            Self::Missing { owner, field, what } => write!(f, "{owner} needs {field}, {what}"),
            Self::Unknown { owner, field, .. } => write!(f, "{owner} has no field {field}"),
            Self::Refused { field, because } => write!(f, "{field} is not taken here: {because}"),
            Self::Foreign { owner, field, belongs_to, .. } => {
                write!(f, "{owner} has no field {field}, which belongs to {belongs_to}")
            }
            Self::Repeated { field } => write!(f, "{field} is given a second time"),
            Self::WrongType { field, expected, found, .. } => {
                write!(f, "{field} must be {expected}, and this is {found}")
            }
            Self::TooShort { owner, field, length: 0, min: 1 } => {
                write!(f, "{field} is empty, and {owner} needs at least 1 character there")
            }
            Self::TooShort { owner, field, length, min } => write!(
                f,
                "{field} is {} long, and {owner} needs at least {min}",
                Counted(*length, "character")
            ),
            Self::TooLong { owner, field, length, max } => write!(
                f,
                "{field} is {} long, and {owner} takes at most {max}",
                Counted(*length, "character")
            ),
            Self::Malformed { field, says } => write!(f, "{field} must {says}"),
            Self::NotAllowed { field, found, allowed, .. } => match allowed.as_slice() {
                [only] => write!(f, "{field} is always {only}, and this is {found}"),
                _ => write!(f, "{field} takes {}, and this is {found}", Listed(allowed, "or")),
            },
            Self::OutOfRange { field, found, range } => {
                write!(f, "{field} is {found}, and must be {range}")
            }
            Self::TooFew { owner, field, count: 0, min } => {
                write!(f, "{field} is empty, and {owner} needs at least {min} in it")
            }
            Self::TooFew { owner, field, count, min } => {
                write!(f, "{field} holds {count}, and {owner} needs at least {min}")
            }
            Self::TooMany { owner, field, count, max } => {
                write!(f, "{field} holds {count}, and {owner} takes at most {max}")
            }
            Self::TooDeep { field, max } => {
                write!(f, "{field} is nested deeper than {max} levels, and could not be read again")
            }
            Self::NoneOf { owner, fields } => write!(f, "{owner} needs {}", Listed(fields, "or")),
            Self::Both { owner, field, beside } => {
                write!(f, "{field} stands beside {beside}, and {owner} takes only one of them")
            }
            _ => self.fmt_rule(f),
        }
    }
}

impl Problem {
    /// The sentence of a rule over several members.
    fn fmt_rule(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyInAll { owner, items, containers, count, max } => write!(
                f,
                "all {containers} together hold {count} {items}, and {owner} takes at most {max}"
            ),
            Self::Duplicate { field, value, first } => {
                write!(
                    f,
                    "{field} has the value `{value}` a second time; the first stands at `{first}`"
                )
            }
            Self::Another { owner, value, max } => {
                write!(f, "{owner} takes at most {max} {value}, and this is one more")
            }
            Self::TooLongHere { field, length, max, circumstance } => write!(
                f,
                "{field} is {} long, and at most {max} are taken {circumstance}",
                Counted(*length, "character")
            ),
            Self::NeededHere { owner, field, circumstance } => {
                write!(f, "{owner} needs {field} {circumstance}")
            }
            Self::NotTakenHere { field, circumstance } => {
                write!(f, "{field} is not taken {circumstance}")
            }
            Self::TooManyHere { field, count, max, circumstance } => {
                write!(f, "{field} holds {count}, and at most {max} are taken {circumstance}")
            }
            Self::NotAllowedHere { field, found, allowed, circumstance } => {
                write!(f, "{field} is {found}, and must be {}", Listed(allowed, "or"))?;
                if circumstance.is_empty() { Ok(()) } else { write!(f, " {circumstance}") }
            }
            Self::Differs { field, found, wanted, first } => write!(
                f,
                "{field} is {found}, and has to be the same everywhere; the first, at `{first}`, is {wanted}"
            ),
            Self::CountDiffers { field, count, wanted, first } => write!(
                f,
                "{field} holds {count}, and has to hold as many everywhere; the first, at `{first}`, holds {wanted}"
            ),
            Self::Mixed { field, given: true, first } => write!(
                f,
                "{field} is given here and not at `{first}`, and has to be given everywhere or nowhere"
            ),
            Self::Mixed { field, given: false, first } => write!(
                f,
                "{field} is missing here and given at `{first}`, and has to be given everywhere or nowhere"
            ),
            Self::NotContiguous { field, found, count } => {
                let last = count.saturating_sub(1);
                write!(f, "{field} is {found}, and {count} of them are numbered from 0 to {last}")
            }
            Self::WrongSum { field, found, sum, says } => {
                write!(f, "{field} is {found}, and must be {sum}: {says}")
            }
            Self::NotLess { field, found, than, limit } => {
                write!(f, "{field} is {found}, and must be less than {than}, which is {limit}")
            }
            Self::Respelt { field, found, written } => {
                write!(f, "{field} is `{found}`, which the API writes `{written}`")
            }
            Self::Ignored { field } => write!(f, "{field} is taken, and the API ignores it"),
            Self::Rule { says } => f.write_str(says),
            // Every other problem has its sentence in `fmt`.
            _ => Ok(()),
        }
    }

    /// What may help: the name that was probably meant, or how it is written.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Unknown { suggestion, inside: Some(inside), .. } => {
                let slip = suggestion.as_ref().map(|name| format!("; or did you mean `{name}`?"));
                Some(format!("it stands further inside: `{inside}`{}", slip.unwrap_or_default()))
            }
            Self::Unknown { suggestion: Some(name), .. }
            | Self::Foreign { suggestion: Some(name), .. }
            | Self::NotAllowed { suggestion: Some(name), .. } => {
                Some(format!("did you mean `{name}`?"))
            }
            Self::WrongType { fix: Some(fix), .. } => Some(format!("write `{fix}`")),
            _ => None,
        }
    }

    /// What a sentence calls the value, where it calls it by its own name.
    #[doc(hidden)]
    pub fn field_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::WrongType { field, .. }
            | Self::TooShort { field, .. }
            | Self::TooLong { field, .. }
            | Self::Malformed { field, .. }
            | Self::NotAllowed { field, .. }
            | Self::OutOfRange { field, .. }
            | Self::TooFew { field, .. }
            | Self::TooMany { field, .. }
            | Self::TooDeep { field, .. }
            | Self::Duplicate { field, .. }
            | Self::TooLongHere { field, .. }
            | Self::TooManyHere { field, .. }
            | Self::NotAllowedHere { field, .. }
            | Self::Differs { field, .. }
            | Self::CountDiffers { field, .. }
            | Self::NotContiguous { field, .. }
            | Self::WrongSum { field, .. }
            | Self::NotLess { field, .. } => Some(field),
            _ => None,
        }
    }

    /// What a sentence calls the object.
    #[doc(hidden)]
    pub fn owner_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Missing { owner, .. }
            | Self::Unknown { owner, .. }
            | Self::Foreign { owner, .. }
            | Self::TooShort { owner, .. }
            | Self::TooLong { owner, .. }
            | Self::TooFew { owner, .. }
            | Self::TooMany { owner, .. }
            | Self::TooManyInAll { owner, .. }
            | Self::NoneOf { owner, .. }
            | Self::Both { owner, .. }
            | Self::NeededHere { owner, .. } => Some(owner),
            _ => None,
        }
    }

    /// Where the value stands that it is compared with.
    #[doc(hidden)]
    pub fn first_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Duplicate { first, .. }
            | Self::Differs { first, .. }
            | Self::CountDiffers { first, .. }
            | Self::Mixed { first, .. } => Some(first),
            _ => None,
        }
    }
}

struct Counted(usize, &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0 == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.0, self.1)
    }
}

struct Listed<'a>(&'a [String], &'static str);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => Ok(()),
            [only] => f.write_str(only),
            [most @ .., last] => write!(f, "{} {} {last}", most.join(", "), self.1),
        }
    }
}
