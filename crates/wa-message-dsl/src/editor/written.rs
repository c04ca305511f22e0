//! Reads an invocation for an editor, half typed or not. Nothing is an error here: what cannot be understood is left
//! out, or kept as tokens. So it is no use of `parse`, which stops an object at its first error and has no
//! place for a field without its value.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Expr, LitStr, Pat, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser, discouraged::Speculative},
    token,
};

/// An invocation.
pub(super) enum Written {
    /// `<kind> fields`
    Short { kind: Option<Ident>, fields: Vec<Field> },
    /// The document as it is sent.
    Wire(Value),
    /// Neither.
    Nothing,
}

/// A field.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) value: Option<Value>,
}

/// A value.
pub(super) enum Value {
    Object(Vec<Field>),
    Array(Vec<Item>),
    Rust(TokenStream),
}

/// An item of an array.
pub(super) enum Item {
    One(Value),
    Spread(TokenStream),
    For { pattern: TokenStream, items: TokenStream, each: Vec<Field> },
    If { condition: TokenStream, then: Vec<Field>, otherwise: Option<Box<Item>> },
}

impl Value {
    /// The value of a string literal.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Rust(tokens) => syn::parse2::<LitStr>(tokens.clone()).ok().map(|it| it.value()),
            _ => None,
        }
    }
}

pub(super) fn read(input: TokenStream) -> Written {
    inside(input, |input| {
        if input.parse::<Token![<]>().is_ok() {
            let kind = kind(input);
            let _ = input.parse::<Token![>]>();
            return Written::Short { kind, fields: fields(input) };
        }
        match group(input, Delimiter::Brace) {
            Some(group) => {
                let fields = inside(group.stream(), fields);
                Written::Wire(Value::Object(fields.unwrap_or_default()))
            }
            None => Written::Nothing,
        }
    })
    .unwrap_or(Written::Nothing)
}

/// Reads tokens with a function, and passes over those that it leaves.
fn inside<T>(tokens: TokenStream, read: impl FnOnce(ParseStream<'_>) -> T) -> Option<T> {
    let mut found = None;
    let parser = |input: ParseStream<'_>| {
        found = Some(read(input));
        input.parse::<TokenStream>()
    };
    // What an expression leaves over in brackets of its own is an error of another place.
    let _ = parser.parse2(tokens);
    found
}

/// The name of a kind. Names with hyphens are none, but are read as one.
fn kind(input: ParseStream<'_>) -> Option<Ident> {
    let first = input.call(Ident::parse_any).ok()?;
    let mut name = first.unraw().to_string();
    while input.peek(Token![-]) && input.peek2(Ident::peek_any) {
        let _ = input.parse::<Token![-]>();
        let more = input.call(Ident::parse_any).ok()?;
        name = format!("{name}_{}", more.unraw());
    }
    Some(super::ident::ident(&name, first.span()))
}

fn fields(input: ParseStream<'_>) -> Vec<Field> {
    let mut fields = Vec::new();
    while !input.is_empty() {
        if let Some(field) = field(input) {
            fields.push(field);
        }
        if input.parse::<Token![,]>().is_err() && !at_field(input) {
            skip(input);
        }
    }
    fields
}

/// Whether a field with its value comes next, so that only a comma is missing.
fn at_field(input: ParseStream<'_>) -> bool {
    (input.peek(Ident::peek_any) || input.peek(LitStr))
        && input.peek2(Token![:])
        && !input.peek2(Token![::])
}

fn field(input: ParseStream<'_>) -> Option<Field> {
    let (name, span) = if let Ok(literal) = input.parse::<LitStr>() {
        (literal.value(), literal.span())
    } else {
        let ident = input.call(Ident::parse_any).ok()?;
        (ident.unraw().to_string(), ident.span())
    };
    let value = input.parse::<Token![:]>().is_ok().then(|| value(input));
    Some(Field { name, span, value })
}

fn value(input: ParseStream<'_>) -> Value {
    let ahead = input.fork();
    if let Some(group) = group(&ahead, Delimiter::Brace)
        && !begins_with_statement(&group)
    {
        input.advance_to(&ahead);
        return Value::Object(inside(group.stream(), fields).unwrap_or_default());
    }
    let ahead = input.fork();
    if let Some(group) = group(&ahead, Delimiter::Bracket)
        && (ahead.is_empty() || ahead.peek(Token![,]) || at_field(&ahead))
    {
        input.advance_to(&ahead);
        return Value::Array(inside(group.stream(), items).unwrap_or_default());
    }
    Value::Rust(rust(input))
}

fn begins_with_statement(group: &Group) -> bool {
    let mut tokens = group.stream().into_iter();
    let keywords = ["let", "match", "if", "return", "loop", "unsafe"];
    let keyword = matches!(tokens.next(), Some(TokenTree::Ident(first))
        if keywords.iter().any(|keyword| first == keyword));
    keyword && !matches!(tokens.next(), Some(TokenTree::Punct(next)) if next.as_char() == ':')
}

fn items(input: ParseStream<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(item(input));
        if input.parse::<Token![,]>().is_err() {
            skip(input);
        }
    }
    items
}

fn item(input: ParseStream<'_>) -> Item {
    if input.parse::<Token![..]>().is_ok() {
        return Item::Spread(rust(input));
    }
    if input.parse::<Token![for]>().is_ok() {
        let pattern = input.call(Pat::parse_multi_with_leading_vert);
        let pattern = pattern.map(ToTokens::into_token_stream).unwrap_or_default();
        let _ = input.parse::<Token![in]>();
        let items = before_brace(input);
        return Item::For { pattern, items, each: braced(input) };
    }
    if input.peek(Token![if]) {
        return condition(input);
    }
    Item::One(value(input))
}

fn condition(input: ParseStream<'_>) -> Item {
    let _ = input.parse::<Token![if]>();
    let condition = before_brace(input);
    let then = braced(input);
    let otherwise = input.parse::<Token![else]>().is_ok().then(|| {
        Box::new(if input.peek(Token![if]) {
            self::condition(input)
        } else {
            Item::One(Value::Object(braced(input)))
        })
    });
    Item::If { condition, then, otherwise }
}

fn braced(input: ParseStream<'_>) -> Vec<Field> {
    let group = group(input, Delimiter::Brace);
    group.and_then(|group| inside(group.stream(), fields)).unwrap_or_default()
}

/// An expression behind which a brace does not belong to it.
fn before_brace(input: ParseStream<'_>) -> TokenStream {
    let ahead = input.fork();
    if let Ok(expression) = Expr::parse_without_eager_brace(&ahead) {
        input.advance_to(&ahead);
        return expression.into_token_stream();
    }
    let mut tokens = Vec::new();
    while !input.is_empty() && !input.peek(Token![,]) && !input.peek(token::Brace) {
        tokens.extend(input.parse::<TokenTree>());
    }
    whole(tokens)
}

fn rust(input: ParseStream<'_>) -> TokenStream {
    let ahead = input.fork();
    if let Ok(expression) = ahead.parse::<Expr>() {
        input.advance_to(&ahead);
        return expression.into_token_stream();
    }
    let mut tokens = Vec::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend(input.parse::<TokenTree>());
    }
    whole(tokens)
}

/// What there is of a half-typed expression: `customer` of `customer.`
fn whole(tokens: Vec<TokenTree>) -> TokenStream {
    let mut rest = tokens.clone();
    while let Some(TokenTree::Punct(_)) = rest.pop() {
        let tokens: TokenStream = rest.iter().cloned().collect();
        if syn::parse2::<Expr>(tokens.clone()).is_ok() {
            return tokens;
        }
    }
    tokens.into_iter().collect()
}

/// The group that comes next, also behind the invisible brackets of a `macro_rules!`.
fn group(input: ParseStream<'_>, delimiter: Delimiter) -> Option<Group> {
    let ahead = input.fork();
    let Ok(TokenTree::Group(group)) = ahead.parse::<TokenTree>() else { return None };
    if group.delimiter() != delimiter {
        return None;
    }
    input.advance_to(&ahead);
    Some(group)
}

fn skip(input: ParseStream<'_>) {
    while !input.is_empty() && input.parse::<Token![,]>().is_err() {
        let _ = input.parse::<TokenTree>();
    }
}
