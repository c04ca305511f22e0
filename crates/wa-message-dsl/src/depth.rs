//! How deep brackets may lie inside each other.

use proc_macro2::{TokenStream, TokenTree};

use crate::diagnostic::{Diagnostic, Spot};

/// As deep as a JSON text may be nested for its reader. The parser calls itself at each bracket, and
/// without an end it would take all of the stack, and the compiler with it.
const DEPTH_AT_MOST: usize = 127;

/// The error of brackets that lie too deep inside each other.
pub(crate) fn check(tokens: &TokenStream) -> Option<Diagnostic> {
    let mut open = vec![tokens.clone().into_iter()];
    while let Some(innermost) = open.last_mut() {
        match innermost.next() {
            Some(TokenTree::Group(group)) if open.len() > DEPTH_AT_MOST => {
                let message = format!("brackets may lie {DEPTH_AT_MOST} deep inside each other");
                return Some(Diagnostic::new(Spot::of(group.span()), message));
            }
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(_) => {}
            None => drop(open.pop()),
        }
    }
    None
}
