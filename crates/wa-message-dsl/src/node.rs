//! The document as the rules see it.

use std::borrow::Cow;

use wa_message_rules::{self as rules, Count, Node, Value};

use crate::tree::{Content, Expression, Item, Tree};

impl<'a> Node<'a> for &'a Tree {
    fn value(self) -> Value<'a, Self> {
        match &self.content {
            Content::Expression(Expression { known, .. }) if !known.is_empty() => {
                Value::OneOf(known.iter().collect())
            }
            Content::Failed | Content::Const(_) | Content::Expression(_) | Content::Position => {
                Value::Unknown
            }
            Content::Null => Value::Null,
            Content::Boolean(value) => Value::Boolean(*value),
            Content::Integer(value) => Value::Integer(*value),
            Content::Number(value) => Value::Number(*value),
            Content::Text(value) | Content::AtLeast(value) => Value::Text(Cow::Borrowed(value)),
            Content::Object(members) => {
                let members = members.iter().map(|member| (member.name.as_str(), &member.value));
                Value::Object(members.collect())
            }
            Content::List(items) => {
                let mut nodes = Vec::new();
                for item in items {
                    list_item(item, &mut nodes);
                }
                Value::List(nodes)
            }
        }
    }
}

fn list_item<'a>(item: &'a Item, nodes: &mut Vec<rules::Item<&'a Tree>>) {
    let mut push = |node, count| nodes.push(rules::Item { node, count });
    match item {
        Item::One(tree) => push(tree, Count::Once),
        Item::Splice(Tree { content: Content::List(items), .. }) => {
            for item in items {
                list_item(item, nodes);
            }
        }
        Item::Splice(tree) | Item::Spread { tree, .. } => push(tree, Count::Many),
        Item::For { each, .. } => push(each, Count::Many),
        Item::If { then, otherwise, .. } => {
            push(then, Count::Maybe);
            if let Some(otherwise) = otherwise {
                alternative(otherwise, nodes);
            }
        }
    }
}

/// What stands behind `else` is there at most once.
fn alternative<'a>(item: &'a Item, nodes: &mut Vec<rules::Item<&'a Tree>>) {
    let start = nodes.len();
    list_item(item, nodes);
    for node in &mut nodes[start..] {
        if node.count == Count::Once {
            node.count = Count::Maybe;
        }
    }
}
