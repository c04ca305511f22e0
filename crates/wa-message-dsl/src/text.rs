//! Invocations in a text, for programs that read files or what somebody types.

use std::fmt;

use proc_macro2::{Delimiter, Group, LexError, TokenStream, TokenTree, token_stream::IntoIter};

use crate::{Analysis, Spot, analyse};

/// The name of the macro.
const MACRO: &str = "wa_message";

/// How many tokens a value may have at one depth. What reads expressions calls itself for each of them, so a long chain
/// of operators takes all of the stack. For the macro that is the compiler of whoever wrote it; here it may be a server.
const TOKENS_AT_MOST: usize = 1_000;

/// Why no invocation is read in a text.
#[derive(Debug)]
#[non_exhaustive]
pub enum TextError {
    /// The text is not Rust.
    NotRust(LexError),
    /// A value has more tokens than anybody writes, at this place.
    TooLong(Spot),
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRust(_) => f.write_str("it is not Rust"),
            Self::TooLong(_) => write!(f, "a value has more than {TOKENS_AT_MOST} parts"),
        }
    }
}

impl std::error::Error for TextError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotRust(error) => Some(error),
            Self::TooLong(_) => None,
        }
    }
}

/// Understands each invocation of `wa_message!` in a text of Rust. Where there is none, the text is taken for what
/// stands in the brackets of one.
///
/// # Errors
///
/// If the text is not Rust, or a value in it is too long to be read.
pub fn analyse_text(text: &str) -> Result<Vec<Analysis>, TextError> {
    let tokens: TokenStream = text.parse().map_err(TextError::NotRust)?;
    let mut invocations = invocations(tokens.clone());
    if invocations.is_empty() {
        invocations.push(tokens);
    }
    let analysed = |invocation: TokenStream| {
        if let Some(spot) = too_long(invocation.clone()) {
            return Err(TextError::TooLong(spot));
        }
        // The macro is handed the path of its crate first.
        let krate = TokenTree::Group(Group::new(Delimiter::Bracket, TokenStream::new()));
        Ok(analyse(std::iter::once(krate).chain(invocation).collect()))
    };
    invocations.into_iter().map(analysed).collect()
}

/// What stands in the brackets of each invocation, in their order, however deep they lie.
fn invocations(tokens: TokenStream) -> Vec<TokenStream> {
    let mut found = Vec::new();
    // The brackets that are open, each with how much of `wa_message !` has been seen.
    let mut open: Vec<(IntoIter, usize)> = vec![(tokens.into_iter(), 0)];
    while let Some((rest, seen)) = open.last_mut() {
        match rest.next() {
            Some(TokenTree::Ident(name)) if name == MACRO => *seen = 1,
            Some(TokenTree::Punct(mark)) if mark.as_char() == '!' && *seen == 1 => *seen = 2,
            Some(TokenTree::Group(group)) if *seen == 2 => {
                *seen = 0;
                found.push(group.stream());
            }
            Some(TokenTree::Group(group)) => {
                *seen = 0;
                open.push((group.stream().into_iter(), 0));
            }
            Some(_) => *seen = 0,
            None => drop(open.pop()),
        }
    }
    found
}

/// Where a value has more tokens than are read.
fn too_long(tokens: TokenStream) -> Option<Spot> {
    let mut open = vec![tokens];
    while let Some(tokens) = open.pop() {
        let mut length = 0;
        for token in tokens {
            let is_end =
                matches!(&token, TokenTree::Punct(mark) if matches!(mark.as_char(), ',' | ';'));
            length = if is_end { 0 } else { length + 1 };
            if length > TOKENS_AT_MOST {
                return Some(Spot::of(token.span()));
            }
            if let TokenTree::Group(group) = token {
                open.push(group.stream());
            }
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{TextError, analyse_text};

    fn bodies(text: &str) -> Vec<String> {
        let all = analyse_text(text).unwrap();
        all.iter().map(|one| one.to_json().unwrap_or_default()).collect()
    }

    #[test]
    fn invocations_are_found_wherever_they_stand() {
        let inside = "<text> to: \"+15550100\", body: \"Hello\"";
        let alone = bodies(inside);
        assert!(alone[0].contains("\"body\": \"Hello\""), "{alone:?}");
        for text in [
            format!("wa_message! {{ {inside} }}"),
            format!("wa_message::wa_message!({inside})"),
            format!("fn main() {{ client.send(&wa_message! [ {inside} ]?).await; }}"),
        ] {
            assert_eq!(bodies(&text), alone, "{text}");
        }
        let two =
            format!("let a = wa_message! {{ {inside} }}; let b = wa_message! {{ {inside} }};");
        assert_eq!(bodies(&two).len(), 2);
        assert_eq!(bodies("wa_message! {}"), [""]);
        assert_eq!(bodies("let wa_message = 1;"), [""]);
        assert!(matches!(analyse_text("{ \""), Err(TextError::NotRust(_))));
    }

    #[test]
    fn what_takes_all_of_the_stack_is_refused() {
        let long = |value: &str| analyse_text(&format!("<text> to: \"1\", body: {value}"));
        for value in ["!".repeat(100_000) + "a", "a + ".repeat(100_000) + "a"] {
            assert!(matches!(long(&value), Err(TextError::TooLong(_))));
        }
        let deep = format!("{}{}", "(".repeat(10_000), ")".repeat(10_000));
        assert!(!long(&deep).unwrap()[0].diagnostics().is_empty());
        let found =
            analyse_text(&format!("{deep} wa_message! {{ <text> to: \"1\", body: \"b\" }}"));
        assert_eq!(found.unwrap().len(), 1);
    }
}
