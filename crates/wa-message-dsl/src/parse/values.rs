//! Values: literals, objects, arrays and expressions of Rust.

use proc_macro2::{Delimiter, TokenStream};
use quote::ToTokens;
use syn::{
    Expr, Lit, Token,
    parse::{ParseStream, discouraged::AnyDelimiter},
    token,
};

use super::{
    Reader, literals, slips,
    tokens::{
        ends_behind_array, ends_value, is_null, is_punct, next_ident, plain_text, skip_literal,
        skip_to_comma, take, up_to,
    },
};
use crate::{
    diagnostic::Spot,
    known,
    literal::literal,
    tree::{Content, Expression, Item, Tree},
};

impl Reader<'_> {
    pub(super) fn any_value(&mut self, input: ParseStream<'_>) -> Tree {
        if let Some(value) = self.lone_token(input) {
            return value;
        }
        // A fragment of a `macro_rules!` is an expression, whatever it begins with.
        if input.cursor().group(Delimiter::None).is_some() {
            return self.rust(input);
        }
        if input.peek(token::Brace) {
            if let Some(block) = slips::block(input) {
                let spot = block.spot;
                self.diagnostics.push(block);
                skip_to_comma(input);
                return self.failed(spot);
            }
            return self.braced(input);
        }
        if let Some(vec) = slips::vec_of_objects(input) {
            self.diagnostics.push(vec);
            take(input, 2);
            return self.bracketed(input);
        }
        if ends_behind_array(input) {
            return self.bracketed(input);
        }
        if input.peek(Token![const]) && input.peek2(token::Brace) {
            let tokens: TokenStream = take(input, 2);
            let spot = Spot::over(&tokens);
            return self.ordered(Content::Const(tokens), spot);
        }
        if let Some(bare) = slips::bare_const(input) {
            let spot = bare.spot;
            self.diagnostics.push(bare);
            return Tree::new(Content::Failed, spot);
        }
        if let Some(items) = self.lone_for(input) {
            return items;
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
                let ends_early = input.is_empty();
                skip_to_comma(input);
                let slip = slips::bare_number(&begin);
                let span = begin.span();
                let passed = up_to(&begin, input);
                let rest = if passed.is_empty() { Spot::of(span) } else { Spot::over(&passed) };
                // Where the tokens end too early, the error has no place of its own.
                let spot = if ends_early { Spot::of(rest.end) } else { Spot::of(error.span()) };
                match slip.or_else(|| slips::object_inside(&passed)) {
                    Some(slip) => self.diagnostics.push(slip),
                    None => self.error(spot, format!("expected a value: {error}")),
                }
                self.failed(rest)
            }
        }
    }

    /// Tells literals from other expressions.
    fn expression(&mut self, expression: &Expr) -> Tree {
        let tokens = expression.to_token_stream();
        let spot = Spot::over(&tokens);
        match expression {
            Expr::Group(group) => return self.expression(&group.expr),
            // In a fragment of a `macro_rules!`.
            Expr::Const(_) => return self.ordered(Content::Const(tokens), spot),
            Expr::Macro(_) if literals::is_constant(expression) => {
                return self.ordered(Content::Const(tokens), spot);
            }
            _ => {}
        }
        match literals::of(expression) {
            Some(content) => Tree::new(content, spot),
            None if matches!(expression, Expr::Field(_)) => {
                self.is_evaluated = true;
                let known = Vec::new();
                self.ordered(Content::Expression(Expression { tokens, known, in_call: true }), spot)
            }
            None => self.expression_tree(tokens, known::values(expression)),
        }
    }

    pub(super) fn expression_tree(&mut self, tokens: TokenStream, known: Vec<Tree>) -> Tree {
        let spot = Spot::over(&tokens);
        self.is_evaluated = true;
        self.ordered(Content::Expression(Expression { tokens, known, in_call: false }), spot)
    }

    fn ordered(&mut self, content: Content, spot: Spot) -> Tree {
        self.order += 1;
        Tree { order: self.order, ..Tree::new(content, spot) }
    }

    pub(super) fn braced(&mut self, input: ParseStream<'_>) -> Tree {
        let Some((group, fields)) = self.inside(input, Self::fields) else {
            return Tree::new(Content::Failed, Spot::of(input.span()));
        };
        self.ordered(Content::Object(fields), group)
    }

    fn bracketed(&mut self, input: ParseStream<'_>) -> Tree {
        let inside = self.inside(input, |parser, input| {
            let mut items = Vec::new();
            if slips::names_field(input.cursor()) {
                items.push(parser.item_without_braces(input));
            }
            while !input.is_empty() {
                if is_punct(input.cursor(), '#') {
                    parser.attributes(input, "an item");
                }
                let spot = Spot::of(input.span());
                items.push(parser.item(input).unwrap_or_else(|| Item::failed(spot)));
                parser.comma(input, "an item");
            }
            items
        });
        let Some((group, items)) = inside else {
            return Tree::new(Content::Failed, Spot::of(input.span()));
        };
        self.ordered(Content::List(items), group)
    }

    /// Parses what stands between brackets, which are what comes next.
    pub(super) fn inside<T>(
        &mut self,
        input: ParseStream<'_>,
        parse: impl FnOnce(&mut Self, ParseStream<'_>) -> T,
    ) -> Option<(Spot, T)> {
        let (delimiter, span, content) = input.parse_any_delimiter().ok()?;
        if delimiter == Delimiter::None {
            // A fragment of a `macro_rules!` that holds nothing but a group.
            return self.inside(&content, parse);
        }
        self.depth += 1;
        let parsed = parse(self, &content);
        self.depth -= 1;
        Some((Spot::of(span.join()), parsed))
    }
}
