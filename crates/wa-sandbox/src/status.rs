//! The statuses of messages that were sent.

/// An enum of statuses, each with its word and the JSON that is posted.
macro_rules! statuses {
    ($($(#[$doc:meta])* $variant:ident $(($code:ident))? = $word:literal $gives:literal,)*) => {
        /// What becomes of a message that was sent, to be told by a webhook.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Status {
            $($(#[$doc])* $variant $((crate::status::code!($code)))?,)*
        }

        impl Status {
            /// The names of all of them.
            pub(crate) const NAMES: &[&str] = &[$($word),*];

            /// Returns the word by which the API names it.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $word,)*
                }
            }

            /// Returns the code of the error, if it has one.
            #[must_use]
            pub fn code(&self) -> Option<u32> {
                match self {
                    $($(Self::$variant($code) => Some(*$code),)?)*
                    _ => None,
                }
            }

            /// Returns the status of this name. One that has a code needs it, and another takes none.
            pub(crate) fn named(name: &str, code: Option<u32>) -> Option<Self> {
                match (name, code) {
                    $(crate::status::pattern!($word $($code)?) =>
                        Some(Self::$variant $(($code))?),)*
                    _ => None,
                }
            }

            /// The JSON of it, with holes.
            pub(crate) fn gives(self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $gives,)*
                }
            }
        }
    };
}
pub(crate) use statuses;

macro_rules! code {
    ($code:ident) => {
        u32
    };
}
pub(crate) use code;

macro_rules! pattern {
    ($word:literal) => {
        ($word, None)
    };
    ($word:literal $code:ident) => {
        ($word, Some($code))
    };
}
pub(crate) use pattern;
