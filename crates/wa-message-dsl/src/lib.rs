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
//!
//! The document of a template is also held against the definition that lies beside the code.

mod depth;
mod diagnostic;
mod editor;
mod expand;
mod hint;
pub mod in_crate;
mod json;
mod known;
mod layout;
mod literal;
mod node;
mod parse;
mod resolve;
mod templates;
mod text;
mod tree;
mod typed;
mod wording;

use std::sync::Arc;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use wa_message_rules::{self as rules, Node, Part, table::Object};
use wa_message_spec::tables;

pub use diagnostic::{Diagnostic, Spot};
use parse::{Invocation, Parsed};
use templates::Against;
pub use templates::{NAMES as NAMES_OF_DEFINITIONS, Templates};
pub use text::{TextError, analyse_text};
use tree::{Content, Said, Tree};
use wording::WrittenAs;

/// What an invocation came to.
#[derive(Debug)]
pub struct Analysis {
    krate: TokenStream,
    /// The request body, unless nothing was understood.
    document: Option<(&'static Object, Tree)>,
    /// Whether the program evaluates something in it, so that it is a `Result`.
    is_evaluated: bool,
    diagnostics: Vec<Diagnostic>,
    /// The paths of the violations, beside the diagnostics that came of them.
    violations: Vec<Finding>,
    /// The template that it is made from, and the definitions that it was held against.
    against: Option<Against>,
}

/// A violation that was found in an invocation.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Where it is in the document.
    pub path: String,
    /// What is wrong.
    pub problem: rules::Problem,
    /// The number of the rule.
    pub number: Option<u16>,
}

impl Analysis {
    /// What is advised against, if nothing is an error.
    #[must_use]
    pub fn advice(&self) -> Vec<Diagnostic> {
        let Some((root, tree)) = self.document.as_ref().filter(|_| self.diagnostics.is_empty())
        else {
            return Vec::new();
        };
        let mut found = rules::advise(root, tables::KINDS, tree).violations;
        found.extend(self.against.iter().flat_map(|against| against.advise(tree)));
        // Of a text that is formatted, only a part is known.
        let certain = found.iter().filter(|found| !matches!(found.at.content, Content::AtLeast(_)));
        let advice = certain.map(|found| {
            let words = WrittenAs::new(root, tree, found);
            Diagnostic::worded(spot_of(found), &found.problem, &words)
        });
        advice.chain(self.against.iter().flat_map(Against::notes)).collect()
    }

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

    /// The request body as JSON, if all of the invocation was understood. What the program evaluates stands in it in
    /// double braces: `"{{guest}}"`.
    #[must_use]
    pub fn to_json(&self) -> Option<String> {
        let (root, tree) = self.document.as_ref().filter(|_| self.diagnostics.is_empty())?;
        Some(json::written(root, tree))
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
    analysed(input, &|| None, false)
}

/// Understands the tokens of an invocation, and holds them against definitions of templates.
#[must_use]
pub fn analyse_with(input: TokenStream, templates: &Arc<Templates>) -> Analysis {
    analysed(input, &|| Some(Arc::clone(templates)), false)
}

/// Finds definitions of templates. It is only asked when there is a template.
type Finder<'f> = &'f dyn Fn() -> Option<Arc<Templates>>;

/// For an editor, nothing is said of files: it shows what they were when it expanded last.
fn analysed(input: TokenStream, finder: Finder<'_>, for_editor: bool) -> Analysis {
    let mut diagnostics = Vec::new();
    let Parsed { krate, invocation, is_evaluated, has_lost_fields } =
        parse::invocation(input, &mut diagnostics);
    let mut document = match invocation {
        None => None,
        Some(Invocation::Short { kind, spot, fields }) => {
            Some((kind.root, resolve::short_form(kind, spot, fields, &mut diagnostics)))
        }
        Some(Invocation::Wire(tree)) => {
            let root = rules::root_of(tables::ROOTS, &tree);
            resolve::repeated(&tree, &mut diagnostics);
            Some((root, tree))
        }
    };
    let against = document.as_mut().and_then(|(_, tree)| Against::of(tree, finder, for_editor));
    let mut violations = Vec::new();
    if let Some((root, tree)) = &document {
        literal::check(root, tree, &mut diagnostics);
        // What a field holds that was not understood may be all that is missing.
        let is_lost = has_lost_fields || !diagnostics.is_empty();
        let mut found = Vec::new();
        for violation in rules::check(root, tables::KINDS, tree).violations {
            if is_certain(violation.at, &violation.problem) {
                let is_silent = has_lost_fields && is_missing(&violation.problem);
                found.push((violation, is_silent));
            }
        }
        if let Some(against) = &against {
            against.check(tree, &mut found, is_lost);
        }
        for (violation, is_silent) in found {
            if !is_silent {
                let diagnostic = diagnostic_of(root, tree, &violation);
                let note = || against.as_ref()?.note(&violation.problem);
                let note = diagnostic.note.or_else(note);
                diagnostics.push(Diagnostic { note, ..diagnostic });
            }
            violations.push(Finding {
                path: violation.path.as_str().to_owned(),
                problem: violation.problem,
                number: violation.number,
            });
        }
    }
    diagnostics.extend(against.iter().flat_map(Against::hindrances).cloned());
    Analysis { krate, document, is_evaluated, diagnostics, violations, against }
}

/// The error of a violation.
fn diagnostic_of(root: &'static Object, tree: &Tree, violation: &Found<'_>) -> Diagnostic {
    let problem = &violation.problem;
    let words = WrittenAs::new(root, tree, violation);
    let diagnostic = Diagnostic::worded(spot_of(violation), problem, &words);
    let help = diagnostic.help.or_else(|| hint::of(violation.at, problem));
    Diagnostic { help, ..diagnostic }
}

/// A violation at a value of what was written.
type Found<'t> = rules::Violation<&'t Tree>;

/// Where a violation stands in what was written.
fn spot_of(violation: &Found<'_>) -> Spot {
    match violation.part {
        Part::Name => violation.at.key.unwrap_or(violation.at.spot),
        // The value of a variable with a name stands for the variable.
        Part::Whole if is_of_variable(violation) => violation.at.key.unwrap_or(violation.at.spot),
        Part::Whole => violation.at.spot,
    }
}

/// Whether a template says something of a value that was written behind the name of a variable.
fn is_of_variable(violation: &Found<'_>) -> bool {
    let is_template = matches!(violation.problem.kind(), rules::ProblemKind::Template(_));
    is_template && matches!(violation.at.said, Said::Named(_))
}

fn is_missing(problem: &rules::Problem) -> bool {
    use rules::ProblemKind::{Missing, NoneOf, TooFew};
    matches!(problem.kind(), Missing { .. } | NoneOf { .. } | TooFew { .. })
}

/// Whether a violation stays one, whatever a program fills in behind the beginning of a text.
fn is_certain(at: &Tree, problem: &rules::Problem) -> bool {
    use rules::ProblemKind::{TooLong, WrongType};
    !matches!(at.content, Content::AtLeast(_))
        || matches!(problem.kind(), TooLong { .. } | WrongType { .. })
}

/// Expands the tokens of an invocation to Rust.
#[must_use]
pub fn expand(input: TokenStream) -> TokenStream {
    expand::expand(&analyse(input))
}

/// Expands the tokens of an invocation to Rust, with a warning at each token that is advised against.
///
/// A macro has no warnings of its own. What is used here is deprecated, and the note is the advice.
#[must_use]
pub fn expand_with_advice(input: TokenStream) -> TokenStream {
    with_advice(&analyse(input))
}

/// Expands the tokens of an invocation to what an editor is to see in their place: what was written,
/// half typed or not, its errors, and a value of its type.
#[must_use]
pub fn expand_in_editor(input: TokenStream) -> TokenStream {
    in_editor(input, &|| None)
}

fn with_advice(analysis: &Analysis) -> TokenStream {
    let expansion = expand::expand(analysis);
    let advice = analysis.advice();
    let warnings = advice.iter().map(Diagnostic::to_warning);
    quote!({ #(#warnings)* #expansion })
}

fn in_editor(input: TokenStream, finder: Finder<'_>) -> TokenStream {
    let analysis = analysed(input.clone(), finder, true);
    let written = input.into_iter().skip_while(is_brackets).collect();
    let shown = editor::shown(&analysis.krate, &written, analysis.against.as_ref());
    expand::stand_in(&analysis, &shown)
}

fn is_brackets(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}
