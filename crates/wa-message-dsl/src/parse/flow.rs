//! Recognizes `for` and `if` where they cannot stand, or without their braces, and says how they are written.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::{Expr, Pat, Token, buffer::Cursor, parse::ParseStream, token};

use super::{
    Reader,
    slips::shown,
    tokens::{ends_value, is_colon, skip_to_comma, take},
};
use crate::{
    diagnostic::{Diagnostic, Spot},
    tree::{Content, Item, Tree},
};

/// What an item stands behind.
#[derive(Clone, Copy)]
pub(super) enum Behind<'h> {
    /// `for pattern in iterator`
    For { head: &'h TokenStream },
    /// `if condition`
    If { head: &'h TokenStream },
    /// `else`
    Else,
}

impl Behind<'_> {
    /// What stands before the braces, as it was written.
    fn written(self) -> String {
        match self {
            Self::For { head } => format!("for {}", shown(head)),
            Self::If { head } => format!("if {}", shown(head)),
            Self::Else => "else".to_owned(),
        }
    }

    /// How another `for` or `if` is written than in the braces.
    fn in_one(self, keyword: &str, has_else: bool) -> &'static str {
        match (self, keyword) {
            (_, "if") if has_else => {
                "the choice stands in the values: `name: if .. { .. } else { .. }`"
            }
            (Self::For { .. }, "if") => "filter the iterator behind `in`: `.filter(..)`",
            (Self::For { .. }, _) => "flatten the iterator behind `in`, as by `.flat_map(..)`",
            (Self::If { .. }, "if") => {
                "write both conditions behind one `if`: `if .. && .. { .. }`"
            }
            (Self::If { .. }, _) => "leave out the `if`, and filter the iterator: `.filter(..)`",
            (Self::Else, "if") => "write `else if .. { .. }`",
            (Self::Else, _) => "a `for` stands beside the `if`, as an item of the array",
        }
    }
}

impl Reader<'_> {
    /// Reports `for` and `if` in the place of a field, and passes over them.
    pub(super) fn control_flow(
        &mut self,
        input: ParseStream<'_>,
        keyword: &Ident,
        text: &str,
    ) -> bool {
        let is_written = text == "for" || text == "if";
        if !is_written || input.peek(Token![:]) || ends_value(input.cursor()) {
            return false;
        }
        let message = format!("`{text}` makes items of an array, and this is an object");
        let help = if text == "if" {
            "a field is left out where its value is `None`: `name: condition.then(|| value)`"
                .to_owned()
        } else {
            let head = until_braces(input.cursor());
            format!("write it in the brackets of an array: `[for {} {{ .. }}]`", shown(&head))
        };
        self.diagnostics.push(Diagnostic::new(Spot::of(keyword.span()), message).with_help(help));
        self.has_lost_fields = true;
        skip_to_comma(input);
        true
    }

    /// Takes and reports `for` in the place of an array. What it makes is understood all the same.
    pub(super) fn lone_for(&mut self, input: ParseStream<'_>) -> Option<Tree> {
        // `for<'a> |x| ..` is a closure.
        if !input.peek(Token![for]) || input.peek2(Token![<]) {
            return None;
        }
        let spot = Spot::of(input.span());
        let ahead = input.fork();
        let head = for_head(&ahead).ok().filter(|_| ahead.peek(token::Brace));
        let Some(head) = head else {
            // The item has an error of its own.
            self.item(input);
            return Some(self.failed(spot));
        };
        let message = "`for` makes items, which stand in the brackets of an array";
        let help = format!("write `[for {} {{ .. }}]`", shown(&head));
        self.diagnostics.push(Diagnostic::new(spot, message).with_help(help));
        let item = self.item(input).unwrap_or_else(|| Item::failed(spot));
        skip_to_comma(input);
        Some(Tree::new(Content::List(vec![item]), spot))
    }

    /// Takes and reports `for` and `if` in the braces of an item, which hold its fields.
    pub(super) fn flow_inside(
        &mut self,
        input: ParseStream<'_>,
        behind: Behind<'_>,
    ) -> Option<Tree> {
        let (inside, span, _) = input.cursor().group(Delimiter::Brace)?;
        let (keyword, rest) = inside.ident()?;
        let text = keyword.to_string();
        if text != "for" && text != "if" || is_colon(rest) || ends_value(rest) {
            return None;
        }
        let has_else = std::iter::successors(Some(rest), |rest| Some(rest.token_tree()?.1))
            .any(|rest| rest.ident().is_some_and(|(name, _)| name == "else"));
        let message = format!("`{text}` makes items of an array, and these are the fields of one");
        let diagnostic = Diagnostic::new(Spot::of(keyword.span()), message);
        self.diagnostics.push(diagnostic.with_help(behind.in_one(&text, has_else)));
        take(input, 1);
        Some(Tree::new(Content::Failed, Spot::of(span.join())))
    }

    /// The error of an item whose fields have no braces. What belongs to it is passed over.
    pub(super) fn without_braces(input: ParseStream<'_>, behind: Behind<'_>) -> Diagnostic {
        let message = "expected the fields of an item in braces";
        let diagnostic = Diagnostic::from(input.error(message));
        if input.peek(Token![if]) && matches!(behind, Behind::For { .. }) {
            return diagnostic.with_help("filter the iterator behind `in`: `.filter(..)`");
        }
        let written = behind.written();
        let Some(first) = field_name(input.cursor()) else {
            return diagnostic.with_help(format!("write `{written} {{ .. }}`"));
        };
        // All that has a name is a field of the same item.
        skip_to_comma(input);
        while input.cursor().punct().is_some_and(|(_, behind)| field_name(behind).is_some()) {
            take(input, 1);
            skip_to_comma(input);
        }
        diagnostic.with_help(format!("write `{written} {{ {first}: .. }}`"))
    }
}

/// Takes `for pattern in iterator`, and returns what stands behind `for`.
fn for_head(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    input.parse::<Token![for]>()?;
    let begin = input.fork();
    Pat::parse_multi_with_leading_vert(input)?;
    input.parse::<Token![in]>()?;
    Expr::parse_without_eager_brace(input)?;
    Ok(super::tokens::up_to(&begin, input))
}

/// The tokens up to the next braces.
fn until_braces(mut cursor: Cursor<'_>) -> TokenStream {
    let mut passed = TokenStream::new();
    while cursor.group(Delimiter::Brace).is_none()
        && let Some((token, rest)) = cursor.token_tree()
    {
        passed.extend([token]);
        cursor = rest;
    }
    passed
}

/// The name of a field before a colon.
fn field_name(cursor: Cursor<'_>) -> Option<String> {
    let ident = cursor.ident().map(|(name, rest)| (name.to_string(), rest));
    let literal = || cursor.literal().map(|(name, rest)| (name.to_string(), rest));
    let (name, rest) = ident.or_else(literal)?;
    is_colon(rest).then_some(name)
}

/// How items are written for which `for` or `if` stands last among some tokens of Rust.
pub(super) fn in_an_array(before: &[TokenTree]) -> Option<String> {
    let is_flow = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "for" || name == "if");
    let at = before.iter().rposition(is_flow)?;
    let head = before[at + 1..].iter().cloned().collect();
    Some(format!("[{} {} {{ .. }}]", before[at], shown(&head)))
}
