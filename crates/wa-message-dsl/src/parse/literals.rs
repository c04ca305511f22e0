//! Literals, and macros that stand for one.

use syn::{Expr, ExprLit, ExprMacro, ExprUnary, Macro, UnOp};

use crate::{known, literal::literal, tree::Content};

/// Macros of the standard library that make a `&'static str`, of which only the compiler knows the text.
pub(super) const CONSTANT: [&str; 6] =
    ["concat", "env", "file", "include_str", "module_path", "stringify"];

/// The value of an expression that is a literal.
pub(super) fn of(expression: &Expr) -> Option<Content> {
    match expression {
        Expr::Group(inner) => of(&inner.expr),
        Expr::Paren(inner) => of(&inner.expr),
        Expr::Lit(ExprLit { lit, .. }) => literal(lit, false),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match &**expr {
            Expr::Lit(ExprLit { lit, .. }) => literal(lit, true),
            _ => None,
        },
        Expr::Macro(ExprMacro { mac, .. }) if standard(mac)? == "concat" => {
            known::joined(&mac.tokens).map(|(content, _)| content)
        }
        _ => None,
    }
}

/// Whether an expression is a text that the compiler knows before the program runs, and a macro does
/// not. It counts as a constant.
pub(super) fn is_constant(expression: &Expr) -> bool {
    let Expr::Macro(ExprMacro { mac, .. }) = expression else { return false };
    standard(mac).is_some_and(|name| CONSTANT.contains(&name.as_str())) && of(expression).is_none()
}

/// The name of a macro of the standard library: `concat`, of `concat!` and `std::concat!`.
fn standard(mac: &Macro) -> Option<String> {
    let segments: Vec<_> = mac.path.segments.iter().map(|part| part.ident.to_string()).collect();
    match segments.as_slice() {
        [name] => Some(name.clone()),
        [root, name] if ["std", "core", "alloc"].contains(&root.as_str()) => Some(name.clone()),
        _ => None,
    }
}
