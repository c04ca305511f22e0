//! Invocations in a text, for programs that read files.

use proc_macro2::{Delimiter, Group, LexError, TokenStream, TokenTree};

use crate::{Analysis, analyse};

/// The name of the macro.
const MACRO: &str = "wa_message";

/// Understands each invocation of `wa_message!` in a text of Rust. Where there is none, the text is taken for what
/// stands in the brackets of one.
///
/// # Errors
///
/// If the text is not Rust.
pub fn analyse_text(text: &str) -> Result<Vec<Analysis>, LexError> {
    let tokens: TokenStream = text.parse()?;
    let mut invocations = Vec::new();
    collect(tokens.clone(), &mut invocations);
    if invocations.is_empty() {
        invocations.push(tokens);
    }
    let analysed = |invocation| {
        // The macro is handed the path of its crate first.
        let krate = TokenTree::Group(Group::new(Delimiter::Bracket, TokenStream::new()));
        analyse(std::iter::once(krate).chain(invocation).collect())
    };
    Ok(invocations.into_iter().map(analysed).collect())
}

/// What stands in the brackets of each invocation.
fn collect(tokens: TokenStream, found: &mut Vec<TokenStream>) {
    // How much of `wa_message !` stands before a token.
    let mut seen = 0;
    for token in tokens {
        seen = match token {
            TokenTree::Ident(name) if name == MACRO => 1,
            TokenTree::Punct(mark) if mark.as_char() == '!' && seen == 1 => 2,
            TokenTree::Group(group) => {
                if seen == 2 {
                    found.push(group.stream());
                } else {
                    collect(group.stream(), found);
                }
                0
            }
            _ => 0,
        };
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::analyse_text;

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
        assert!(analyse_text("{ \"").is_err());
    }
}
