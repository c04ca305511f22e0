//! Whom something is about.

use std::borrow::Cow;

/// A person, by what is known of them: a business-scoped user id, a phone number, or both.
///
/// People who have a user name may hide their number, and older payloads have the number alone.
///
/// ```
/// use wa_message::webhook::Person;
///
/// let person = Person::new(Some("US.10000000000000000001"), Some("15550101"));
/// assert_eq!(person.key(), "US.10000000000000000001");
/// assert_eq!(Person::new(None, Some("+15550101")).key(), "15550101");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Person<'p> {
    user_id: Option<&'p str>,
    number: Option<&'p str>,
}

impl<'p> Person<'p> {
    /// Makes a person of a user id and a phone number. A `+` before the number is dropped, and an empty text is
    /// nothing.
    #[must_use]
    pub fn new(user_id: Option<&'p str>, number: Option<&'p str>) -> Self {
        let given = |text: &&str| !text.is_empty();
        let number = number.map(|number| number.strip_prefix('+').unwrap_or(number));
        Self { user_id: user_id.filter(given), number: number.filter(given) }
    }

    /// Returns the business-scoped user id.
    #[must_use]
    pub fn user_id(&self) -> Option<&'p str> {
        self.user_id
    }

    /// Returns the phone number: digits with the country code, without `+`.
    #[must_use]
    pub fn number(&self) -> Option<&'p str> {
        self.number
    }

    /// Returns what to keep the person by: the user id where there is one, else the number. Empty if neither is
    /// known.
    ///
    /// A person may have come without user id before. Keep both where both are known.
    #[must_use]
    pub fn key(&self) -> &'p str {
        self.user_id.or(self.number).unwrap_or_default()
    }

    /// Returns whether both are the same person: by their user ids, or where one has none, by their numbers.
    #[must_use]
    pub fn is(&self, other: Person<'_>) -> bool {
        match (self.user_id, other.user_id) {
            (Some(one), Some(other)) => one == other,
            _ => self.number.is_some() && self.number == other.number,
        }
    }

    /// The same person, with what only the other one says.
    pub(crate) fn or(self, other: Person<'p>) -> Self {
        Self { user_id: self.user_id.or(other.user_id), number: self.number.or(other.number) }
    }

    pub(crate) fn is_known(&self) -> bool {
        self.user_id.is_some() || self.number.is_some()
    }
}

/// A text that may be there.
pub(crate) trait Known {
    fn known(&self) -> Option<&str>;
}

impl Known for Cow<'_, str> {
    fn known(&self) -> Option<&str> {
        Some(&**self).filter(|text| !text.is_empty())
    }
}

impl<T: Known> Known for Option<T> {
    fn known(&self) -> Option<&str> {
        self.as_ref().and_then(Known::known)
    }
}

/// Of the people that something may be about, the one that it is: the first with a user id, which no business and no group
/// has, or else the first with a number. What is known of one of them is nothing of another.
#[inline]
pub(crate) fn one_of<const N: usize>(people: [Person<'_>; N]) -> Person<'_> {
    let with_id = people.iter().find(|person| person.user_id.is_some());
    let found = with_id.or_else(|| people.iter().find(|person| person.is_known()));
    found.copied().unwrap_or(Person { user_id: None, number: None })
}

/// Whether a member has this word.
pub(crate) fn has(member: &impl Known, word: &str) -> bool {
    member.known().is_some_and(|known| known.eq_ignore_ascii_case(word))
}

/// The person that a type is about, by members that say so, each unless another has a word.
macro_rules! person {
    ($type:ident $([$user_id:ident $number:ident $(unless $member:ident $word:literal)?])*) => {
        impl $type<'_> {
            /// Returns the person that it is about.
            #[must_use]
            pub fn person(&self) -> $crate::Person<'_> {
                use $crate::person::{Known as _, has, one_of};
                one_of([$(
                    if false $(|| has(&self.$member, $word))? {
                        $crate::Person::new(None, None)
                    } else {
                        $crate::Person::new(self.$user_id.known(), self.$number.known())
                    }
                ),*])
            }
        }
    };
}
pub(crate) use person;
