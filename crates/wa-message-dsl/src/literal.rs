//! Literals: their values, and the places where nothing else can stand, because they decide about the shape
//! of a message or have one value only.

use wa_message_rules::table::{Object, Schema};

use syn::Lit;

use crate::{
    diagnostic::Diagnostic,
    tree::{Content, Item, Tree},
};

/// Reports expressions where only a literal can stand.
pub(crate) fn check(object: &'static Object, tree: &Tree, diagnostics: &mut Vec<Diagnostic>) {
    for object in tree.objects(object) {
        for field in object.fields {
            let Some(value) = tree.member(field.name) else { continue };
            match field.schema {
                Schema::Object(inner) => check(inner, value, diagnostics),
                Schema::List(list) => {
                    if let (Content::List(items), Schema::Object(inner)) =
                        (&value.content, list.items)
                    {
                        for tree in items.iter().flat_map(Item::trees) {
                            check(inner, tree, diagnostics);
                        }
                    }
                }
                // A constant would have to be made of JSON, which allocates.
                Schema::Json(_) if matches!(value.content, Content::Const(_)) => {
                    let message =
                        format!("`{}` must be an object, and this is a `const` block", field.name);
                    let diagnostic = Diagnostic::new(value.spot, message);
                    diagnostics.push(diagnostic.with_help("its members may be `const` blocks"));
                }
                _ if is_expression(value) => {
                    if let Some(only) = field.constant() {
                        let message = format!(
                            "`{}` is always `{only}`, and this is an expression",
                            field.name
                        );
                        let diagnostic = Diagnostic::new(value.spot, message);
                        diagnostics.push(
                            diagnostic.with_help(
                                "write it as a literal, or in the short form leave it out",
                            ),
                        );
                    }
                }
                _ => {}
            }
        }
        let tag = object.tag.and_then(|tag| Some((tag, tree.member(tag.name)?)));
        if let Some((tag, value)) = tag.filter(|(_, value)| is_expression(value)) {
            diagnostics.push(needed(tag.name, value));
        }
    }
}

/// The error of a tag that is an expression.
pub(crate) fn needed(name: &str, value: &Tree) -> Diagnostic {
    let message =
        format!("`{name}` has to be a literal, because it decides what may stand beside it");
    Diagnostic::new(value.spot, message)
}

pub(crate) fn is_expression(tree: &Tree) -> bool {
    matches!(tree.content, Content::Expression(_) | Content::Const(_))
}

/// The value of a literal.
pub(crate) fn literal(lit: &Lit, negative: bool) -> Option<Content> {
    match lit {
        Lit::Str(text) if !negative && text.suffix().is_empty() => {
            Some(Content::Text(text.value()))
        }
        Lit::Char(letter) if !negative && letter.suffix().is_empty() => {
            Some(Content::Text(letter.value().to_string()))
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
