//! From tokens to what was written. A syntax error is noted, and parsing goes on behind it.

mod evaluated;
mod flow;
mod items;
mod literals;
mod slips;
mod tokens;
mod values;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    LitStr, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
    token,
};
use wa_message_rules::{nearest, table::Kind};
use wa_message_spec::tables::{self, KINDS};

use self::tokens::{ends_value, is_punct, next_ident, rest_or, skip_all, skip_to_comma, take};
use crate::{
    depth,
    diagnostic::{Diagnostic, Spot},
    tree::{Content, Member, Tree},
};

/// What an invocation holds.
pub(crate) enum Invocation {
    /// `<kind> fields`
    Short { kind: &'static Kind, spot: Spot, fields: Vec<Member> },
    /// The document as it is sent.
    Wire(Tree),
}

/// What the tokens of an invocation came to.
pub(crate) struct Parsed {
    /// The path of the crate.
    pub(crate) krate: TokenStream,
    /// What it holds, unless nothing was understood.
    pub(crate) invocation: Option<Invocation>,
    /// Whether the program evaluates something in it, as far as one can tell where something did not parse. Such an
    /// invocation is a `Result`.
    pub(crate) is_evaluated: bool,
    /// Whether there are fields in it of which not even the names are known.
    pub(crate) has_lost_fields: bool,
}

/// Parses an invocation, behind the path of the crate in brackets.
pub(crate) fn invocation(input: TokenStream, diagnostics: &mut Vec<Diagnostic>) -> Parsed {
    let (krate, tokens) = behind_the_crate(input);
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    diagnostics.extend(slips::closing_tag(&mut tokens));
    let tokens: TokenStream = tokens.into_iter().collect();
    if let Some(too_deep) = depth::check(&tokens) {
        diagnostics.push(too_deep);
        return Parsed { krate, invocation: None, is_evaluated: false, has_lost_fields: false };
    }
    let before = diagnostics.len();
    let mut parser = Reader::new(diagnostics);
    let mut invocation = None;
    let all = (|input: ParseStream<'_>| {
        invocation = parser.message(input);
        Ok(())
    })
    .parse2(tokens.clone());
    let Reader { mut is_evaluated, has_lost_fields, has_failed, .. } = parser;
    // The parser takes every token, but for what an expression leaves over in brackets of its own, as
    // `list[0 1]` does. That is only told at the end.
    if let Err(rest) = all
        && !has_failed
    {
        diagnostics.push(rest.into());
    }
    if diagnostics.len() > before {
        is_evaluated = evaluated::is_evaluated(&tokens);
    }
    Parsed { krate, invocation, is_evaluated, has_lost_fields }
}

/// The path of the crate, and what stands behind it.
pub(crate) fn behind_the_crate(input: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens = input.into_iter();
    let krate = match tokens.next() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => group.stream(),
        _ => quote!(::wa_message),
    };
    (krate, tokens.collect())
}

struct Reader<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
    order: usize,
    is_evaluated: bool,
    has_lost_fields: bool,
    /// Whether an expression could not be parsed, and was reported.
    has_failed: bool,
    /// In how many brackets the reader is.
    depth: usize,
}

impl<'d> Reader<'d> {
    fn new(diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Self {
            diagnostics,
            order: 0,
            is_evaluated: false,
            has_lost_fields: false,
            has_failed: false,
            depth: 0,
        }
    }
}

impl Reader<'_> {
    fn error(&mut self, spot: Spot, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(spot, message));
    }

    fn message(&mut self, input: ParseStream<'_>) -> Option<Invocation> {
        if is_punct(input.cursor(), '#') {
            self.attributes(input, "a message");
        }
        let parsed = if input.peek(token::Brace) {
            let tree = self.braced(input);
            Some(Invocation::Wire(tree))
        } else if input.peek(Token![<]) {
            self.short_form(input)
        } else {
            let message = "expected `<kind>` and its fields, or a message as JSON in braces";
            let spot = rest_or(input, input.span());
            let help = slips::message(input).unwrap_or_else(kinds_help);
            self.diagnostics.push(Diagnostic::new(spot, message).with_help(help));
            skip_all(input);
            None
        };
        if !input.is_empty() {
            self.error(Spot::of(input.span()), "nothing may stand behind the message");
            skip_all(input);
        }
        parsed
    }

    fn short_form(&mut self, input: ParseStream<'_>) -> Option<Invocation> {
        let open = input.span();
        input.parse::<Token![<]>().ok()?;
        let Ok(name) = input.call(Ident::parse_any) else {
            let spot = if input.is_empty() { Spot::of(open) } else { Spot::of(input.span()) };
            let diagnostic = Diagnostic::new(spot, "expected the kind of the message behind `<`");
            self.diagnostics.push(diagnostic.with_help(kinds_help()));
            skip_all(input);
            return None;
        };
        let mut spot = Spot::of(name.span());
        let mut text = name.unraw().to_string();
        while input.peek(Token![-]) && input.peek2(Ident::peek_any) {
            take(input, 1);
            if let Ok(more) = input.call(Ident::parse_any) {
                text = format!("{text}-{}", more.unraw());
                spot.end = more.span();
            }
        }
        let closed = input.parse::<Token![>]>().is_ok();
        if !closed && KINDS.iter().any(|kind| kind.name == text) {
            self.error(spot, format!("expected `>` behind the kind, as in `<{text}>`"));
        }
        if closed {
            self.comma_behind(input, &text);
        }
        let fields = self.kind_fields(input, &text);
        let kind = KINDS.iter().find(|kind| kind.name == text);
        let Some(kind) = kind else {
            let diagnostic = Diagnostic::new(spot, format!("there is no kind `<{text}>`"));
            self.diagnostics.push(diagnostic.with_help(kind_help(&text)));
            return None;
        };
        Some(Invocation::Short { kind, spot, fields })
    }

    /// The fields behind a kind, which have no braces of their own.
    fn kind_fields(&mut self, input: ParseStream<'_>, kind: &str) -> Vec<Member> {
        if !input.peek(token::Brace) {
            return self.fields(input);
        }
        let open = input.cursor().group(Delimiter::Brace).map(|(_, span, _)| span.open());
        let spot = Spot::of(open.unwrap_or_else(|| input.span()));
        let message = format!("the fields stand behind `<{kind}>` without braces of their own");
        self.diagnostics.push(
            Diagnostic::new(spot, message)
                .with_help(format!("write `wa_message! {{ <{kind}> to: .., .. }}`")),
        );
        self.inside(input, Self::fields).map(|(_, fields)| fields).unwrap_or_default()
    }

    fn fields(&mut self, input: ParseStream<'_>) -> Vec<Member> {
        let mut fields = Vec::new();
        while !input.is_empty() {
            if is_punct(input.cursor(), '#') {
                self.attributes(input, "a field");
            }
            if let Some(field) = self.field(input, fields.last()) {
                fields.push(field);
            }
            self.comma(input, "a field");
        }
        fields
    }

    /// Takes the comma behind a field or an item, or skips to the next one.
    fn comma(&mut self, input: ParseStream<'_>, what: &str) {
        if is_punct(input.cursor(), '#') {
            self.attributes(input, what);
        }
        if input.is_empty() || input.parse::<Token![,]>().is_ok() {
            return;
        }
        let name = what.split_once(' ').map_or(what, |(_, name)| name);
        self.error(Spot::of(input.span()), format!("expected `,` before the next {name}"));
        if input.parse::<Token![;]>().is_ok() {
            return;
        }
        // `a: 1 b: 2` and `a b` lack a comma and nothing else.
        let next_field = input.peek2(Token![:]) && !input.peek2(Token![::])
            || input.peek2(Token![=]) && !input.peek2(Token![==]);
        let is_named = input.peek(Ident::peek_any) || input.peek(LitStr);
        let is_short = input.cursor().ident().is_some_and(|(_, rest)| ends_value(rest));
        if !(next_field && is_named || is_short) {
            skip_to_comma(input);
        }
    }

    /// `before` is the field before it.
    fn field(&mut self, input: ParseStream<'_>, before: Option<&Member>) -> Option<Member> {
        let (mut name, key, mut ident) = if let Some((ident, text)) = next_ident(input) {
            let name = text.strip_prefix("r#").unwrap_or(&text).to_owned();
            (name, ident.span(), Some((ident, text)))
        } else if input.cursor().literal().is_some()
            && input.peek(LitStr)
            && let Ok(literal) = input.parse::<LitStr>()
        {
            (literal.value(), literal.span(), None)
        } else {
            self.no_name(input, before);
            return None;
        };
        if ident.is_none() && slips::is_value(&name, input.cursor()) {
            self.error(Spot::of(key), "expected the name of a field and `:` before this value");
            self.has_lost_fields = true;
            return None;
        }
        if let Some((keyword, text)) = &ident
            && self.control_flow(input, keyword, text)
        {
            return None;
        }
        let mut spot = Spot::of(key);
        let key_is_ident = ident.is_some();
        // The path of a field, as the documents of the API write it. It is resolved, and explained there.
        while is_punct(input.cursor(), '.') && input.peek2(Ident::peek_any) && key_is_ident {
            take(input, 1);
            if let Ok(inner) = input.call(Ident::parse_any) {
                name = format!("{name}.{}", inner.unraw());
                spot.end = inner.span();
                // A path names no variable.
                ident = None;
            }
        }
        let mut value = if input.parse::<Token![:]>().is_ok() || self.equals_sign(input, &name) {
            self.value(input, &name, key)
        } else if let Some((ident, text)) = ident.filter(|_| slips::ends_shorthand(input.cursor()))
        {
            self.shorthand(&ident, &text)
        } else if slips::goes_on(input.cursor())
            || key_is_ident && name.contains('.') && ends_value(input.cursor())
        {
            self.value_alone(input, spot);
            return None;
        } else {
            let message = format!("expected `:` and a value behind `{name}`");
            self.error(Spot::of(key), message);
            skip_to_comma(input);
            Tree::new(Content::Failed, Spot::of(key))
        };
        value.key = Some(spot);
        Some(Member { name, value })
    }

    /// The variable that a field without a value takes.
    fn shorthand(&mut self, ident: &Ident, text: &str) -> Tree {
        if let Some(keyword) = slips::keyword(ident, text) {
            let spot = keyword.spot;
            self.diagnostics.push(keyword);
            return self.failed(spot);
        }
        self.expression_tree(ident.to_token_stream(), Vec::new())
    }

    fn value(&mut self, input: ParseStream<'_>, name: &str, key: Span) -> Tree {
        if ends_value(input.cursor()) {
            self.error(Spot::of(key), format!("expected a value behind `{name}:`"));
            return Tree::new(Content::Failed, Spot::of(key));
        }
        self.any_value(input)
    }

    /// In the place of an expression that could not be understood, and was reported.
    fn failed(&mut self, spot: Spot) -> Tree {
        self.has_failed = true;
        Tree::new(Content::Failed, spot)
    }
}

/// The kinds, and first those with the most to choose from.
fn kinds_help() -> String {
    let mut kinds: Vec<&Kind> = tables::KINDS.iter().collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.tags.len()));
    format!("the kinds are {}", listed(&kinds))
}

/// What to write in the place of a kind that there is not.
fn kind_help(name: &str) -> String {
    // A type of the document that has kinds of its own.
    let inner: Vec<_> = KINDS.iter().filter(|kind| kind.tags.first() == Some(&name)).collect();
    if !inner.is_empty() {
        return format!("its kinds are {}", listed(&inner));
    }
    let near = nearest(name, KINDS.iter().map(|kind| kind.name));
    near.map_or_else(kinds_help, |near| format!("did you mean `<{near}>`?"))
}

fn listed(kinds: &[&Kind]) -> String {
    let kinds: Vec<_> = kinds.iter().map(|kind| format!("<{}>", kind.name)).collect();
    kinds.join(", ")
}
