//! The language of `wa_message!`: parse, resolve, check, expand.
//!
//! It works on `proc_macro2` tokens, so that tests, fuzzers and tools can use it outside of a
//! procedural macro. This crate is a part of `wa-message`; its own face may change at any time.
//!
//! ```text
//! tokens --parse--> what was written --resolve--> the document --check--> violations
//!                                                     |
//!                                                     +------expand-----> tokens
//! ```

mod depth;
mod diagnostic;
mod editor;
mod expand;
mod known;
mod layout;
mod literal;
mod node;
mod parse;
mod resolve;
mod said;
mod tree;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use wa_message_spec::{self as spec, Node, Part, table::Object, tables};

pub use diagnostic::{Diagnostic, Spot};
use parse::Invocation;
use tree::{Content, Tree};

/// What an invocation came to.
#[derive(Debug)]
pub struct Analysis {
    krate: TokenStream,
    /// The request body, unless nothing was understood.
    document: Option<(&'static Object, Tree)>,
    diagnostics: Vec<Diagnostic>,
    /// The paths of the violations, beside the diagnostics that came of them.
    violations: Vec<Finding>,
}

/// A violation that was found in an invocation.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Where it is in the document.
    pub path: String,
    /// What is wrong.
    pub problem: spec::Problem,
    /// The number of the rule.
    pub number: Option<u16>,
}

impl Analysis {
    /// The errors of the invocation.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The request body that was understood, with the table that it follows.
    #[must_use]
    pub fn document(&self) -> Option<(&'static Object, impl Node<'_>)> {
        self.document.as_ref().map(|(root, tree)| (*root, tree))
    }

    /// The violations among the errors.
    #[must_use]
    pub fn violations(&self) -> &[Finding] {
        &self.violations
    }
}

/// Understands the tokens of an invocation: `[path of the crate]` and what the user wrote.
#[must_use]
pub fn analyse(input: TokenStream) -> Analysis {
    let mut diagnostics = Vec::new();
    let (krate, invocation) = parse::invocation(input, &mut diagnostics);
    let document = match invocation {
        None => None,
        Some(Invocation::Short { kind, spot, fields }) => {
            Some((kind.root, resolve::short_form(kind, spot, fields, &mut diagnostics)))
        }
        Some(Invocation::Wire(tree)) => {
            let root = wire_root(&tree);
            resolve::repeated(&tree, &mut diagnostics);
            Some((root, tree))
        }
    };
    let mut violations = Vec::new();
    if let Some((root, tree)) = &document {
        literal::check(root, tree, &mut diagnostics);
        for violation in spec::check(root, tree).violations {
            let spot = match violation.part {
                Part::Name => violation.at.key.unwrap_or(violation.at.spot),
                Part::Whole => violation.at.spot,
            };
            let problem = said::reworded(root, tree, violation.path.as_str(), &violation.problem);
            let Some(message) = message(violation.at, &problem) else { continue };
            diagnostics.push(Diagnostic { message, ..Diagnostic::of(spot, &problem) });
            violations.push(Finding {
                path: violation.path.as_str().to_owned(),
                problem: violation.problem,
                number: violation.number,
            });
        }
    }
    Analysis { krate, document, diagnostics, violations }
}

/// What a violation says, if it is certain.
fn message(at: &Tree, problem: &spec::Problem) -> Option<String> {
    if !matches!(at.content, Content::AtLeast(_)) {
        return Some(problem.to_string());
    }
    match problem {
        spec::Problem::TooLong { owner, field, length, max } => Some(format!(
            "{field} is at least {length} characters long, whatever is filled in, \
             and {owner} takes at most {max}"
        )),
        problem @ spec::Problem::WrongType { .. } => Some(problem.to_string()),
        _ => None,
    }
}

/// Expands the tokens of an invocation to Rust.
#[must_use]
pub fn expand(input: TokenStream) -> TokenStream {
    let analysis = analyse(input);
    expand::expand(&analysis.krate, analysis.document.as_ref(), &analysis.diagnostics)
}

/// Expands the tokens of an invocation to what an editor is to see in their place: what was written,
/// half typed or not, its errors, and a value of its type.
#[must_use]
pub fn expand_in_editor(input: TokenStream) -> TokenStream {
    let analysis = analyse(input.clone());
    let written = input.into_iter().skip_while(is_brackets).collect();
    let shown = editor::shown(&analysis.krate, &written);
    expand::stand_in(&analysis.krate, analysis.document.as_ref(), &analysis.diagnostics, &shown)
}

fn is_brackets(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

/// The request body that a document in the wire form is: the one that has a constant of its own
/// among the names that are written, or else the first.
fn wire_root(tree: &Tree) -> &'static Object {
    let first = tables::ROOTS[0];
    let own = |root: &&&'static Object| {
        root.fields.iter().any(|field| {
            layout::constant(field).is_some()
                && first.field(field.name).is_none()
                && tree.member(field.name).is_some()
        })
    };
    tables::ROOTS.iter().find(own).copied().unwrap_or(first)
}
