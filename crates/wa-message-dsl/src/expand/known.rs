//! How much of a document is known before the program runs.

use wa_message_rules::table::{Object, Schema};

use crate::tree::{Content, Expression, Item, Tree};

/// Whether a value is known all through, so that it can be a `const`.
pub(super) fn fixed(tree: &Tree, schema: Schema) -> bool {
    match (&tree.content, schema) {
        (_, Schema::Json(_)) | (Content::Expression(_) | Content::Position, _) => false,
        (Content::Object(members), Schema::Object(object)) => members.iter().all(|member| {
            member.value.is_null()
                || field_schema(object, &member.name, tree)
                    .is_none_or(|schema| fixed(&member.value, schema))
        }),
        (Content::List(items), Schema::List(list)) => {
            items.iter().all(|item| matches!(item, Item::One(tree) if fixed(tree, list.items)))
        }
        _ => true,
    }
}

/// The schema of a member of an object, behind its tags.
pub(super) fn field_schema(object: &'static Object, name: &str, tree: &Tree) -> Option<Schema> {
    if let Some(field) = object.field(name) {
        return Some(field.schema);
    }
    field_schema(tree.arm(object.tag?)?.object, name, tree)
}

/// Whether a value costs nothing even outside of a `const`.
pub(super) fn is_plain(tree: &Tree, schema: Schema) -> bool {
    !matches!(schema, Schema::Object(_) | Schema::List(_))
        && !matches!(tree.content, Content::Const(_))
}

/// Whether what was written makes the invocation a `Result`.
pub(super) fn has_expression(tree: &Tree) -> bool {
    any(tree, &|content| matches!(content, Content::Expression(_) | Content::Position))
}

pub(super) fn has_const(tree: &Tree) -> bool {
    any(tree, &|content| matches!(content, Content::Const(_)))
}

fn any(tree: &Tree, wanted: &impl Fn(&Content) -> bool) -> bool {
    wanted(&tree.content)
        || match &tree.content {
            Content::Object(members) => members.iter().any(|member| any(&member.value, wanted)),
            Content::List(items) => items.iter().any(|item| match item {
                Item::One(tree) | Item::Splice(tree) => any(tree, wanted),
                // What runs while the program does is an expression, whatever is in it.
                _ => wanted(&Content::Expression(Expression::default())),
            }),
            _ => false,
        }
}
