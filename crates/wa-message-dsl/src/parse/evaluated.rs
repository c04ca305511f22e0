//! Tells of an invocation with syntax errors in it whether it was meant to be a `Result`.
//!
//! What did not parse has no values that could be looked at, but it has tokens. An error of types beside each
//! syntax error would send its reader the wrong way, so the type has to be the one that will be right
//! when the slip is mended.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use wa_message_spec::tables::KINDS;

use super::literals::CONSTANT;

/// Whether there may be something among the tokens of an invocation that the program evaluates: a name that is
/// neither that of a field nor a word for a literal.
pub(super) fn is_evaluated(tokens: &TokenStream) -> bool {
    let tokens = trees(tokens);
    any_evaluated(behind_kind(&tokens))
}

fn trees(tokens: &TokenStream) -> Vec<TokenTree> {
    tokens.clone().into_iter().collect()
}

/// The tokens behind the kind, with brackets or without, and behind comments that make documentation.
fn behind_kind(tokens: &[TokenTree]) -> &[TokenTree] {
    match tokens {
        [sign, TokenTree::Group(_), rest @ ..] if is_punct(sign, '#') => behind_kind(rest),
        [open, kind @ TokenTree::Ident(_), rest @ ..] if is_punct(open, '<') => {
            behind_name(kind, rest).1
        }
        [TokenTree::Ident(kind), rest @ ..] if KINDS.iter().any(|known| *kind == known.name) => {
            rest
        }
        _ => tokens,
    }
}

fn any_evaluated(tokens: &[TokenTree]) -> bool {
    let mut rest = tokens;
    while let [token, behind @ ..] = rest {
        rest = behind;
        match token {
            TokenTree::Group(group) if any_evaluated(&trees(&group.stream())) => return true,
            TokenTree::Ident(_) => match behind_known(token, behind) {
                Some(behind) => rest = behind,
                None => return true,
            },
            _ => {}
        }
    }
    false
}

/// The tokens behind a name that is nothing which the program evaluates, and what belongs to it.
fn behind_known<'t>(name: &TokenTree, behind: &'t [TokenTree]) -> Option<&'t [TokenTree]> {
    let (last, rest) = behind_name(name, behind);
    match rest {
        [colon, next, ..] if is_punct(colon, ':') && is_punct(next, ':') => return None,
        [sign, ..] if is_punct(sign, ':') || is_punct(sign, '=') => return Some(rest),
        [mark, TokenTree::Group(_), rest @ ..] if is_punct(mark, '!') => {
            let is_constant = CONSTANT.contains(&last.to_string().as_str());
            return is_constant.then_some(rest);
        }
        _ => {}
    }
    match name.to_string().as_str() {
        "true" | "false" | "null" | "None" => Some(behind),
        // An object, which cannot stand in it.
        "Some" if behind.first().is_some_and(holds_object) => Some(behind),
        // With braces or, by mistake, without.
        "const" => Some(behind.get(1..).unwrap_or_default()),
        _ => None,
    }
}

/// The last part of a name, and the tokens behind it: names of fields may have several, with points or hyphens
/// between them.
fn behind_name<'t>(name: &TokenTree, behind: &'t [TokenTree]) -> (TokenTree, &'t [TokenTree]) {
    let (mut last, mut rest) = (name.clone(), behind);
    while let [sign, part @ TokenTree::Ident(_), behind @ ..] = rest
        && (is_punct(sign, '.') || is_punct(sign, '-'))
    {
        (last, rest) = (part.clone(), behind);
    }
    (last, rest)
}

fn holds_object(token: &TokenTree) -> bool {
    let TokenTree::Group(around) = token else { return false };
    let inside = trees(&around.stream());
    matches!(inside.as_slice(), [TokenTree::Group(object)] if object.delimiter() == Delimiter::Brace)
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::is_evaluated;

    #[test]
    fn names_of_fields_and_literals_are_not_evaluated() {
        for written in [
            "",
            "<text> to: \"1\", body: \"x\"",
            "<cta-url to=\"1\" body=\"x\" /",
            "text { to: +15550100 }",
            "<button> buttons: [id: 1, title: -2.5e3]",
            "#[doc = \"Greets\"] <text> to: \"1\"",
            "<text> text.body: true, footer: None, null",
            "{ \"to\": [1, { \"a\": false }] }",
            "<text> body: const { NAME } const NAME",
            "<text> body: concat!(\"a\", \"b\") std::stringify!(x)",
        ] {
            let is_evaluated = is_evaluated(&written.parse().unwrap());
            // A path is one of the program, even to a macro of the standard library.
            assert_eq!(is_evaluated, written.contains("std::"), "{written}");
        }
    }

    #[test]
    fn other_names_are() {
        for written in [
            "<text> to body: \"x\"",
            "<text> to: \"1\", body",
            "<text> to: customer.",
            "<text> body: format!(\"a\")",
            "<text> body: { let x = 1; }",
            "<text> [ { key } ]",
            "<text> ..base",
            "<text> body: Some(\"x\")",
            "<text> body: types::Text",
        ] {
            assert!(is_evaluated(&written.parse().unwrap()), "{written}");
        }
    }
}
