//! JSON as the tokens of an invocation in the wire form.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use serde_json::Value;

/// The tokens that `wa_message!({ .. })` hands to the procedural macro.
#[must_use]
pub fn invocation(message: &Value) -> TokenStream {
    let krate = Group::new(Delimiter::Bracket, TokenStream::new());
    [TokenTree::Group(krate)].into_iter().chain(tokens(message)).collect()
}

fn tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => word("null"),
        Value::Bool(true) => word("true"),
        Value::Bool(false) => word("false"),
        Value::Number(number) => number.to_string().parse().unwrap_or_default(),
        Value::String(text) => TokenTree::from(Literal::string(text)).into(),
        Value::Array(items) => group(Delimiter::Bracket, items.iter().map(tokens)),
        Value::Object(members) => group(
            Delimiter::Brace,
            members.iter().map(|(name, value)| {
                let name = TokenTree::from(Literal::string(name));
                let colon = TokenTree::from(Punct::new(':', Spacing::Alone));
                [name, colon].into_iter().chain(tokens(value)).collect()
            }),
        ),
    }
}

fn word(word: &str) -> TokenStream {
    TokenTree::from(Ident::new(word, Span::call_site())).into()
}

fn group(delimiter: Delimiter, parts: impl Iterator<Item = TokenStream>) -> TokenStream {
    let comma = || TokenTree::from(Punct::new(',', Spacing::Alone));
    let inside = parts.flat_map(|part| part.into_iter().chain([comma()]));
    TokenTree::from(Group::new(delimiter, inside.collect())).into()
}
