//! How deep brackets may lie inside each other.

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::diagnostic::{Diagnostic, Spot};

/// As deep as a JSON text may be nested for its reader. The parser calls itself at each bracket, and
/// without an end it would take all of the stack, and the compiler with it.
const DEPTH_AT_MOST: usize = 127;

/// The error of brackets that lie too deep inside each other.
pub(crate) fn check(tokens: &TokenStream) -> Option<Diagnostic> {
    let group = deeper(tokens, DEPTH_AT_MOST)?;
    let message = format!("brackets may lie {DEPTH_AT_MOST} deep inside each other");
    Some(Diagnostic::new(Spot::of(group.span()), message))
}

/// The first brackets that lie deeper than so many. It does not go down itself.
pub(crate) fn deeper(tokens: &TokenStream, most: usize) -> Option<Group> {
    let mut open = vec![tokens.clone().into_iter()];
    while let Some(innermost) = open.last_mut() {
        match innermost.next() {
            Some(TokenTree::Group(group)) if open.len() > most => return Some(group),
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(_) => {}
            None => drop(open.pop()),
        }
    }
    None
}
