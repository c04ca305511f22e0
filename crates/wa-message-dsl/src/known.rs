//! Finds what is known of a value although the program evaluates it: the literals that its branches end
//! in, and the fixed parts of a text that it formats.

mod format;

pub(crate) use format::joined;

use syn::{
    Block, Expr, ExprCall, ExprLit, ExprMacro, ExprMethodCall, ExprUnary, Lit, Macro, Stmt, UnOp,
};

use crate::{
    diagnostic::Spot,
    literal::literal,
    tree::{Content, Tree},
};

/// The values that an expression has in one branch or another, as far as they are literals.
pub(crate) fn values(expression: &Expr) -> Vec<Tree> {
    let mut found = Vec::new();
    collect(expression, &mut found);
    found
}

fn collect(expression: &Expr, found: &mut Vec<Tree>) {
    match expression {
        Expr::Lit(ExprLit { attrs, lit }) if attrs.is_empty() => {
            push(literal(lit, false), lit, found);
        }
        Expr::Unary(ExprUnary { op: UnOp::Neg(minus), expr, .. }) => {
            if let Expr::Lit(ExprLit { lit, .. }) = &**expr
                && let Some(content) = literal(lit, true)
            {
                let spot = Spot { start: minus.span, end: lit.span() };
                found.push(Tree::new(content, spot));
            }
        }
        Expr::Paren(inner) => collect(&inner.expr, found),
        Expr::Group(inner) => collect(&inner.expr, found),
        Expr::Reference(inner) => collect(&inner.expr, found),
        Expr::Block(block) => of_block(&block.block, found),
        Expr::Unsafe(block) => of_block(&block.block, found),
        Expr::If(branches) => {
            of_block(&branches.then_branch, found);
            if let Some((_, otherwise)) = &branches.else_branch {
                collect(otherwise, found);
            }
        }
        Expr::Match(branches) => {
            // An arm with attributes may not be there at all.
            for arm in branches.arms.iter().filter(|arm| arm.attrs.is_empty()) {
                collect(&arm.body, found);
            }
        }
        Expr::Call(call) => of_some(call, found),
        Expr::MethodCall(call) => of_owned(call, found),
        Expr::Macro(ExprMacro { attrs, mac }) if attrs.is_empty() => of_macro(mac, found),
        _ => {}
    }
}

fn push(content: Option<Content>, lit: &Lit, found: &mut Vec<Tree>) {
    found.extend(content.map(|content| Tree::new(content, Spot::of(lit.span()))));
}

fn of_block(block: &Block, found: &mut Vec<Tree>) {
    match block.stmts.last() {
        Some(Stmt::Expr(expression, None)) => collect(expression, found),
        Some(Stmt::Macro(last)) if last.semi_token.is_none() && last.attrs.is_empty() => {
            of_macro(&last.mac, found);
        }
        _ => {}
    }
}

/// `Some("..")`
fn of_some(call: &ExprCall, found: &mut Vec<Tree>) {
    if let Expr::Path(path) = &*call.func
        && path.path.is_ident("Some")
        && let Some(inner) = call.args.first()
    {
        collect(inner, found);
    }
}

/// `"..".to_owned()`
fn of_owned(call: &ExprMethodCall, found: &mut Vec<Tree>) {
    let owns = ["to_owned", "to_string", "into"].iter().any(|name| call.method == name);
    if let Expr::Lit(ExprLit { lit: lit @ Lit::Str(_), .. }) = &*call.receiver
        && owns
        && call.args.is_empty()
    {
        push(literal(lit, false), lit, found);
    }
}

fn of_macro(mac: &Macro, found: &mut Vec<Tree>) {
    let segments: Vec<_> = mac.path.segments.iter().map(|part| part.ident.to_string()).collect();
    let segments: Vec<_> = segments.iter().map(String::as_str).collect();
    let known = match segments.as_slice() {
        ["format"] | ["std" | "alloc", "format"] => format::formatted(&mac.tokens),
        ["concat"] | ["std" | "core", "concat"] => joined(&mac.tokens),
        _ => None,
    };
    found.extend(known.map(|(content, spot)| Tree::new(content, spot)));
}
