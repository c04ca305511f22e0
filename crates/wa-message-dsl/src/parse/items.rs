//! Items of an array, and what makes them.

use quote::ToTokens;
use syn::{Expr, Pat, Token, parse::ParseStream, token};

use super::{
    Reader,
    flow::Behind,
    tokens::{skip_to_comma, up_to},
};
use crate::{
    diagnostic::{Diagnostic, Spot},
    hint,
    tree::{Content, Item, Tree},
};

impl Reader<'_> {
    pub(super) fn item(&mut self, input: ParseStream<'_>) -> Option<Item> {
        if input.peek(Token![..]) {
            return self.spread(input);
        }
        self.is_evaluated |= input.peek(Token![for]) || input.peek(Token![if]);
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

    /// Takes and reports the fields of one item in the place of items.
    pub(super) fn item_without_braces(&mut self, input: ParseStream<'_>) -> Item {
        let spot = Spot::of(input.span());
        let message = "the fields of an item stand in braces";
        let help = "write `[{ .. }]`, or `[{ .. }, { .. }]` for more than one";
        self.diagnostics.push(Diagnostic::new(spot, message).with_help(help));
        let fields = self.fields(input);
        Item::One(Tree::new(Content::Object(fields), spot))
    }

    fn recover(
        &mut self,
        input: ParseStream<'_>,
        parse: fn(&mut Self, ParseStream<'_>) -> Result<Item, Diagnostic>,
    ) -> Option<Item> {
        match parse(self, input) {
            Ok(item) => Some(item),
            Err(error) => {
                self.diagnostics.push(error);
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

    fn for_item(&mut self, input: ParseStream<'_>) -> Result<Item, Diagnostic> {
        input.parse::<Token![for]>()?;
        if input.peek(Token![in]) {
            let message = "expected a pattern behind `for`, as in `for dish in dishes { .. }`";
            return Err(input.error(message).into());
        }
        let begin = input.fork();
        let pattern = Pat::parse_multi_with_leading_vert(input)?.to_token_stream();
        input.parse::<Token![in]>()?;
        let items = input.call(Expr::parse_without_eager_brace)?.to_token_stream();
        let head = up_to(&begin, input);
        let each = self.item_object(input, Behind::For { head: &head })?;
        Ok(Item::For { pattern, items, each })
    }

    fn if_item(&mut self, input: ParseStream<'_>) -> Result<Item, Diagnostic> {
        input.parse::<Token![if]>()?;
        let condition = input.call(Expr::parse_without_eager_brace)?.to_token_stream();
        let mut then = self.item_object(input, Behind::If { head: &condition })?;
        then.hint = hint::spread(&condition, &then);
        let otherwise = if input.parse::<Token![else]>().is_ok() {
            let item = if input.peek(Token![if]) {
                self.if_item(input)?
            } else {
                Item::One(self.item_object(input, Behind::Else)?)
            };
            Some(Box::new(item))
        } else {
            None
        };
        Ok(Item::If { condition, then, otherwise })
    }

    fn item_object(
        &mut self,
        input: ParseStream<'_>,
        behind: Behind<'_>,
    ) -> Result<Tree, Diagnostic> {
        if let Some(failed) = self.flow_inside(input, behind) {
            Ok(failed)
        } else if input.peek(token::Brace) {
            Ok(self.braced(input))
        } else {
            Err(Self::without_braces(input, behind))
        }
    }
}
