//! From tokens to what was written. A syntax error is noted, and parsing goes on behind it.

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Expr, ExprLit, ExprUnary, Lit, LitStr, Pat, Token, UnOp,
    buffer::Cursor,
    ext::IdentExt,
    parse::{ParseStream, Parser, discouraged::AnyDelimiter},
    token,
};
use wa_message_spec::{
    nearest,
    table::Kind,
    tables::{self, KINDS},
};

use crate::{
    depth,
    diagnostic::{Diagnostic, Spot},
    known,
    tree::{Content, Expression, Item, Member, Tree},
};

/// What an invocation holds.
pub(crate) enum Invocation {
    /// `<kind> fields`
    Short { kind: &'static Kind, spot: Spot, fields: Vec<Member> },
    /// The document as it is sent.
    Wire(Tree),
}

/// Parses an invocation, behind the path of the crate in brackets.
pub(crate) fn invocation(
    input: TokenStream,
    diagnostics: &mut Vec<Diagnostic>,
) -> (TokenStream, Option<Invocation>) {
    let mut tokens = input.into_iter();
    let krate = match tokens.next() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => group.stream(),
        _ => quote!(::wa_message),
    };
    let tokens = tokens.collect();
    if let Some(too_deep) = depth::check(&tokens) {
        diagnostics.push(too_deep);
        return (krate, None);
    }
    let mut parser = Reader { diagnostics, order: 0 };
    let mut parsed = None;
    let all = (|input: ParseStream<'_>| {
        parsed = parser.message(input);
        Ok(())
    })
    .parse2(tokens);
    // The parser takes every token, but for what an expression leaves over in brackets of its own, as
    // `list[0 1]` does. That is only told at the end.
    if let Err(rest) = all {
        diagnostics.push(rest.into());
    }
    (krate, parsed)
}

struct Reader<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
    order: usize,
}

impl Reader<'_> {
    fn error(&mut self, spot: Spot, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(spot, message));
    }

    fn message(&mut self, input: ParseStream<'_>) -> Option<Invocation> {
        let parsed = if input.peek(token::Brace) {
            let tree = self.braced(input);
            Some(Invocation::Wire(tree))
        } else if input.peek(Token![<]) {
            self.short_form(input)
        } else {
            let message = "expected `<kind>` and its fields, or a message as JSON in braces";
            let spot = rest_or(input, input.span());
            self.diagnostics.push(Diagnostic::new(spot, message).with_help(kinds_help()));
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
        let fields = self.fields(input);
        let kind = KINDS.iter().find(|kind| kind.name == text);
        let Some(kind) = kind else {
            let near = nearest(&text, KINDS.iter().map(|kind| kind.name));
            let help = near.map_or_else(kinds_help, |near| format!("did you mean `<{near}>`?"));
            let diagnostic = Diagnostic::new(spot, format!("there is no kind `<{text}>`"));
            self.diagnostics.push(diagnostic.with_help(help));
            return None;
        };
        Some(Invocation::Short { kind, spot, fields })
    }

    fn fields(&mut self, input: ParseStream<'_>) -> Vec<Member> {
        let mut fields = Vec::new();
        while !input.is_empty() {
            if let Some(field) = self.field(input) {
                fields.push(field);
            }
            self.comma(input, "field");
        }
        fields
    }

    /// Takes the comma behind a field or an item, or skips to the next one.
    fn comma(&mut self, input: ParseStream<'_>, what: &str) {
        if input.is_empty() || input.parse::<Token![,]>().is_ok() {
            return;
        }
        self.error(Spot::of(input.span()), format!("expected `,` before the next {what}"));
        if input.parse::<Token![;]>().is_ok() {
            return;
        }
        // `a: 1 b: 2` lacks a comma and nothing else.
        let next_field = input.peek2(Token![:]) && !input.peek2(Token![::]);
        if !(next_field && (input.peek(Ident::peek_any) || input.peek(LitStr))) {
            skip_to_comma(input);
        }
    }

    fn field(&mut self, input: ParseStream<'_>) -> Option<Member> {
        let (mut name, key, mut ident) = if let Some((ident, text)) = next_ident(input) {
            let name = text.strip_prefix("r#").unwrap_or(&text).to_owned();
            (name, ident.span(), Some((ident, text)))
        } else if input.cursor().literal().is_some()
            && let Ok(literal) = input.parse::<LitStr>()
        {
            (literal.value(), literal.span(), None)
        } else {
            let message = if input.peek(Token![..]) {
                "`..` makes items of an array, and this is an object"
            } else {
                "expected the name of a field"
            };
            self.error(Spot::of(input.span()), message);
            skip_to_comma(input);
            return None;
        };
        let is_for = ident.as_ref().is_some_and(|(_, text)| text == "for");
        if is_for && !input.peek(Token![:]) {
            self.error(Spot::of(key), "`for` makes items of an array, and this is an object");
            skip_to_comma(input);
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
        let mut value = if input.parse::<Token![:]>().is_ok() {
            self.value(input, &name, key)
        } else if let Some((ident, _)) = ident.filter(|_| ends_value(input.cursor())) {
            self.expression_tree(ident.to_token_stream(), Vec::new())
        } else {
            let message = format!("expected `:` and a value behind `{name}`");
            self.error(Spot::of(key), message);
            skip_to_comma(input);
            Tree::new(Content::Failed, Spot::of(key))
        };
        value.key = Some(spot);
        Some(Member { name, value })
    }

    fn value(&mut self, input: ParseStream<'_>, name: &str, key: Span) -> Tree {
        if ends_value(input.cursor()) {
            self.error(Spot::of(key), format!("expected a value behind `{name}:`"));
            return Tree::new(Content::Failed, Spot::of(key));
        }
        self.any_value(input)
    }

    fn any_value(&mut self, input: ParseStream<'_>) -> Tree {
        if let Some(value) = self.lone_token(input) {
            return value;
        }
        // A fragment of a `macro_rules!` is an expression, whatever it begins with.
        if input.cursor().group(Delimiter::None).is_some() {
            return self.rust(input);
        }
        if input.peek(token::Brace) {
            if let Some(spot) = rust_block(input) {
                self.error(spot, "a block of Rust stands in parentheses here: `({ .. })`");
                skip_to_comma(input);
                return Tree::new(Content::Failed, spot);
            }
            return self.braced(input);
        }
        if ends_behind_array(input) {
            return self.bracketed(input);
        }
        if input.peek(Token![const]) && input.peek2(token::Brace) {
            let tokens: TokenStream = take(input, 2);
            let spot = Spot::over(&tokens);
            return self.ordered(Content::Const(tokens), spot);
        }
        if is_null(input) {
            let tokens = take(input, 1);
            return Tree::new(Content::Null, Spot::over(&tokens));
        }
        self.rust(input)
    }

    /// Takes a value of a single token: most are literals and variables, and a parser of expressions has
    /// a long way to them.
    fn lone_token(&mut self, input: ParseStream<'_>) -> Option<Tree> {
        let cursor = input.cursor();
        if let Some((token, rest)) = cursor.literal() {
            if !ends_value(rest) {
                return None;
            }
            if let Some(text) = plain_text(&token) {
                skip_literal(input);
                return Some(Tree::new(Content::Text(text), Spot::of(token.span())));
            }
            let lit: Lit = input.parse().ok()?;
            let spot = Spot::of(lit.span());
            return Some(match literal(&lit, false) {
                Some(content) => Tree::new(content, spot),
                None => self.expression_tree(lit.to_token_stream(), Vec::new()),
            });
        }
        let (_, rest) = cursor.ident()?;
        if !ends_value(rest) || !input.peek(syn::Ident) || is_null(input) {
            return None;
        }
        let (name, _) = next_ident(input)?;
        Some(self.expression_tree(name.to_token_stream(), Vec::new()))
    }

    /// Parses an expression of Rust.
    fn rust(&mut self, input: ParseStream<'_>) -> Tree {
        let begin = input.fork();
        match input.parse::<Expr>() {
            Ok(expression) => self.expression(&expression),
            Err(error) => {
                let rest = rest_or(&begin, begin.span());
                // Where the tokens end too early, the error has no place of its own.
                let spot =
                    if input.is_empty() { Spot::of(rest.end) } else { Spot::of(error.span()) };
                self.error(spot, format!("expected a value: {error}"));
                skip_to_comma(input);
                Tree::new(Content::Failed, rest)
            }
        }
    }

    /// Tells literals from other expressions.
    fn expression(&mut self, expression: &Expr) -> Tree {
        let tokens = expression.to_token_stream();
        let spot = Spot::over(&tokens);
        let literal = match expression {
            Expr::Group(group) => return self.expression(&group.expr),
            // In a fragment of a `macro_rules!`.
            Expr::Const(_) => return self.ordered(Content::Const(tokens), spot),
            Expr::Lit(ExprLit { lit, .. }) => literal(lit, false),
            Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match &**expr {
                Expr::Lit(ExprLit { lit, .. }) => literal(lit, true),
                _ => None,
            },
            _ => None,
        };
        match literal {
            Some(content) => Tree::new(content, spot),
            None => self.expression_tree(tokens, known::values(expression)),
        }
    }

    fn expression_tree(&mut self, tokens: TokenStream, known: Vec<Tree>) -> Tree {
        let spot = Spot::over(&tokens);
        self.ordered(Content::Expression(Expression { tokens, known }), spot)
    }

    fn ordered(&mut self, content: Content, spot: Spot) -> Tree {
        self.order += 1;
        Tree { order: self.order, ..Tree::new(content, spot) }
    }

    fn braced(&mut self, input: ParseStream<'_>) -> Tree {
        let Some((group, fields)) = self.inside(input, Self::fields) else {
            return Tree::new(Content::Failed, Spot::of(input.span()));
        };
        self.ordered(Content::Object(fields), group)
    }

    fn bracketed(&mut self, input: ParseStream<'_>) -> Tree {
        let inside = self.inside(input, |parser, input| {
            let mut items = Vec::new();
            while !input.is_empty() {
                let spot = Spot::of(input.span());
                items.push(parser.item(input).unwrap_or_else(|| Item::failed(spot)));
                parser.comma(input, "item");
            }
            items
        });
        let Some((group, items)) = inside else {
            return Tree::new(Content::Failed, Spot::of(input.span()));
        };
        self.ordered(Content::List(items), group)
    }

    /// Parses what stands between brackets, which are what comes next.
    fn inside<T>(
        &mut self,
        input: ParseStream<'_>,
        parse: impl FnOnce(&mut Self, ParseStream<'_>) -> T,
    ) -> Option<(Spot, T)> {
        let (delimiter, span, content) = input.parse_any_delimiter().ok()?;
        if delimiter == Delimiter::None {
            // A fragment of a `macro_rules!` that holds nothing but a group.
            return self.inside(&content, parse);
        }
        Some((Spot::of(span.join()), parse(self, &content)))
    }

    fn item(&mut self, input: ParseStream<'_>) -> Option<Item> {
        if input.peek(Token![..]) {
            return self.spread(input);
        }
        if input.peek(Token![for]) {
            return self.recover(input, Self::for_item);
        }
        if input.peek(Token![if]) {
            return self.recover(input, Self::if_item);
        }
        if input.peek(Token![,]) {
            self.error(Spot::of(input.span()), "expected an item before `,`");
            return None;
        }
        Some(Item::One(self.any_value(input)))
    }

    fn recover(
        &mut self,
        input: ParseStream<'_>,
        parse: fn(&mut Self, ParseStream<'_>) -> syn::Result<Item>,
    ) -> Option<Item> {
        match parse(self, input) {
            Ok(item) => Some(item),
            Err(error) => {
                self.diagnostics.push(error.into());
                skip_to_comma(input);
                None
            }
        }
    }

    fn spread(&mut self, input: ParseStream<'_>) -> Option<Item> {
        let dots = Spot::of(input.span());
        if input.parse::<Token![...]>().is_ok() {
            self.error(dots, "a spread has two dots: `..items`");
        } else {
            input.parse::<Token![..]>().ok()?;
        }
        match input.parse::<Expr>() {
            Ok(items) => {
                let items = items.to_token_stream();
                let tree = self.expression_tree(items.clone(), Vec::new());
                Some(Item::Spread { items, tree })
            }
            Err(error) => {
                self.error(dots, format!("expected an iterator behind `..`: {error}"));
                skip_to_comma(input);
                None
            }
        }
    }

    fn for_item(&mut self, input: ParseStream<'_>) -> syn::Result<Item> {
        input.parse::<Token![for]>()?;
        if input.peek(Token![in]) {
            let message = "expected a pattern behind `for`, as in `for dish in dishes { .. }`";
            return Err(input.error(message));
        }
        let pattern = Pat::parse_multi_with_leading_vert(input)?.to_token_stream();
        input.parse::<Token![in]>()?;
        let items = input.call(Expr::parse_without_eager_brace)?.to_token_stream();
        let each = self.item_object(input)?;
        Ok(Item::For { pattern, items, each })
    }

    fn if_item(&mut self, input: ParseStream<'_>) -> syn::Result<Item> {
        input.parse::<Token![if]>()?;
        let condition = input.call(Expr::parse_without_eager_brace)?.to_token_stream();
        let then = self.item_object(input)?;
        let otherwise = if input.parse::<Token![else]>().is_ok() {
            let item = if input.peek(Token![if]) {
                self.if_item(input)?
            } else {
                Item::One(self.item_object(input)?)
            };
            Some(Box::new(item))
        } else {
            None
        };
        Ok(Item::If { condition, then, otherwise })
    }

    fn item_object(&mut self, input: ParseStream<'_>) -> syn::Result<Tree> {
        if input.peek(token::Brace) {
            Ok(self.braced(input))
        } else {
            Err(input.error("expected the fields of an item in braces"))
        }
    }
}

pub(crate) fn literal(lit: &Lit, negative: bool) -> Option<Content> {
    match lit {
        Lit::Str(text) if !negative && text.suffix().is_empty() => {
            Some(Content::Text(text.value()))
        }
        Lit::Bool(value) if !negative => Some(Content::Boolean(value.value)),
        Lit::Int(number) if number.suffix().is_empty() => {
            let value: i128 = number.base10_parse().ok()?;
            Some(Content::Integer(if negative { -value } else { value }))
        }
        Lit::Float(number) if number.suffix().is_empty() => {
            let value: f64 = number.base10_parse().ok()?;
            let value = if negative { -value } else { value };
            value.is_finite().then_some(Content::Number(value))
        }
        _ => None,
    }
}

/// Whether braces hold statements of Rust and not fields.
fn rust_block(input: ParseStream<'_>) -> Option<Spot> {
    let (inside, span, _) = input.cursor().group(Delimiter::Brace)?;
    let (first, rest) = inside.ident()?;
    if is_punct(rest, ':') {
        return None;
    }
    let first = first.to_string();
    let begins_statement = ["let", "match", "if", "return", "loop", "unsafe"].contains(&&*first);
    begins_statement.then(|| Spot::of(span.join()))
}

fn is_null(input: ParseStream<'_>) -> bool {
    let name = input.cursor().ident();
    name.is_some_and(|(name, rest)| name == "null" && ends_value(rest))
}

/// Whether a value ends with the array that comes next: `[1, 2]`, and not `[1, 2].concat()`.
fn ends_behind_array(input: ParseStream<'_>) -> bool {
    let array = input.cursor().group(Delimiter::Bracket);
    array.is_some_and(|(_, _, rest)| ends_value(rest))
}

fn ends_value(rest: Cursor<'_>) -> bool {
    rest.eof() || is_punct(rest, ',')
}

fn is_punct(rest: Cursor<'_>, wanted: char) -> bool {
    rest.punct().is_some_and(|(punct, _)| punct.as_char() == wanted)
}

/// Takes a name, keywords included, and its text. Names are compared as texts, because each comparison
/// with an `Ident` asks the compiler for its text anew.
fn next_ident(input: ParseStream<'_>) -> Option<(Ident, String)> {
    let (ident, _) = input.cursor().ident()?;
    input.step(|cursor| cursor.ident().ok_or_else(|| cursor.error("expected a name"))).ok()?;
    let text = ident.to_string();
    Some((ident, text))
}

/// The value of a text literal in which nothing is escaped, which are most: they need no parser.
fn plain_text(token: &Literal) -> Option<String> {
    let mut text = token.to_string();
    let is_plain = text.len() >= 2
        && text.starts_with('"')
        && text.ends_with('"')
        && !text.as_bytes().contains(&b'\\')
        && !text.as_bytes().contains(&b'\r');
    is_plain.then(|| {
        text.pop();
        text.remove(0);
        text
    })
}

fn skip_literal(input: ParseStream<'_>) {
    // Nothing is lost if none comes next.
    let _ = input.step(|cursor| cursor.literal().ok_or_else(|| cursor.error("expected a literal")));
}

fn take(input: ParseStream<'_>, count: usize) -> TokenStream {
    (0..count).filter_map(|_| input.parse::<TokenTree>().ok()).collect()
}

fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        take(input, 1);
    }
}

fn skip_all(input: ParseStream<'_>) {
    while !input.is_empty() {
        take(input, 1);
    }
}

fn rest_or(input: ParseStream<'_>, span: Span) -> Spot {
    let rest: TokenStream = input.fork().parse().unwrap_or_default();
    if rest.is_empty() { Spot::of(span) } else { Spot::over(&rest) }
}

fn kinds_help() -> String {
    let kinds: Vec<_> = tables::KINDS.iter().map(|kind| format!("<{}>", kind.name)).collect();
    format!("the kinds are {}", kinds.join(", "))
}
