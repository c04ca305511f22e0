//! Sets of words that may grow.

/// An enum of words. What this version does not know is kept.
macro_rules! words {
    ($(#[$doc:meta])* $type:ident {
        $($(#[$word_doc:meta])* $variant:ident = $word:literal $([$($spelling:literal)*])?,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$word_doc])* $variant,)*
            /// A word that this version does not know.
            Other(String),
        }

        impl $type {
            /// Returns the word as the API writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(other) => other,
                }
            }
        }

        /// In whatever case, and by its other spellings.
        impl From<&str> for $type {
            fn from(word: &str) -> Self {
                const WORDS: &[&[&str]] = &[$(&[$word $($(, $spelling)*)?]),*];
                let known: &[fn() -> Self] = &[$(|| Self::$variant),*];
                match $crate::words::position(WORDS, word).and_then(|at| known.get(at)) {
                    Some(known) => known(),
                    None => Self::Other(word.to_owned()),
                }
            }
        }

        impl Default for $type {
            fn default() -> Self {
                Self::Other(String::new())
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::person::Known for $type {
            fn known(&self) -> Option<&str> {
                Some(self.as_str())
            }
        }

        impl<'a> $crate::read::Take<'a> for $type {
            fn take(&mut self, node: $crate::json::Node<'_, 'a>) -> Result<(), $crate::read::Misfit> {
                *self = Self::from(&*$crate::read::word(node)?);
                Ok(())
            }
        }

        impl $crate::own::Own for $type {
            type Owned = Self;
            fn own(self) -> Self {
                self
            }
        }

        impl $crate::write::Put for $type {
            fn put(&self, out: &mut $crate::write::Out, _: $crate::write::Form) {
                out.text(self.as_str());
            }
        }
    };
}
pub(crate) use words;

/// Which words outweigh which, from the lowest on.
macro_rules! rank {
    ($type:ident $($variant:ident $rank:literal)*) => {
        impl $type {
            /// Returns its place among the words that make up a state, from 0 for the lowest. The state is the
            /// highest that has come, in whatever order. A word without a place changes nothing.
            #[must_use]
            pub fn rank(&self) -> Option<u8> {
                match self {
                    $(Self::$variant => Some($rank),)*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use rank;

/// The number of a word among some, each with its spellings. One in the same case goes first.
pub(crate) fn position(words: &[&[&str]], word: &str) -> Option<usize> {
    let find = |is: fn(&str, &str) -> bool| {
        words.iter().position(|spellings| spellings.iter().any(|spelling| is(spelling, word)))
    };
    find(|spelling, word| spelling == word).or_else(|| find(str::eq_ignore_ascii_case))
}
