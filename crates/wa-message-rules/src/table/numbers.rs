//! The numbers under which the description lists its rules.

/// A keyword of the description that a rule number can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Keyword {
    /// Any keyword of the schema.
    Any,
    /// `minLength`
    MinLength,
    /// `maxLength`
    MaxLength,
    /// `pattern`
    Pattern,
    /// `x-format`
    Format,
    /// `minItems`
    MinItems,
    /// `maxItems`
    MaxItems,
    /// `oneOf`
    OneOf,
    /// `anyOf`
    AnyOf,
    /// `additionalProperties` and `unevaluatedProperties`
    AdditionalProperties,
}

/// The numbers of the rules behind the keywords of a schema.
#[derive(Debug, Clone, Copy)]
pub struct Numbers(pub &'static [(Keyword, u16)]);

impl Numbers {
    /// The number of the rule behind a keyword.
    #[must_use]
    pub fn of(self, keyword: Keyword) -> Option<u16> {
        let find = |wanted| self.0.iter().find(|(known, _)| *known == wanted);
        find(keyword).or_else(|| find(Keyword::Any)).map(|(_, number)| *number)
    }
}
