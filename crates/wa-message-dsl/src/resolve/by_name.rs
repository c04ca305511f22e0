//! Items of an array that are written by name.

use wa_message_rules::{
    Label, Node, Problem, ProblemKind, Subject, Value, ValueType,
    names::{Constant, Names, Slot, Way},
    table::{ByName, List, Schema},
};

use super::{Position, Resolver, fixed};
use crate::{
    diagnostic::Spot,
    tree::{Content, Item, Member, Said, Tree},
};

impl Resolver<'_> {
    /// Puts items that are written by name into their array.
    pub(super) fn by_name(
        &mut self,
        names: &Names,
        mut named: Vec<(&'static ByName, &Slot, Tree)>,
        placed: &mut Vec<(Way, Tree)>,
    ) {
        // The array has the order of the description, whatever the order of the names.
        let rank = |by_name: &ByName| {
            names.by_name.iter().position(|(known, _)| known.name == by_name.name)
        };
        named.sort_by_key(|(by_name, ..)| rank(by_name));
        let mut arrays: Vec<(&Slot, Spot, Vec<Item>)> = Vec::new();
        for (by_name, slot, tree) in named {
            let field = slot.field;
            let Schema::List(list) = field.schema else { continue };
            let key = tree.key.unwrap_or(tree.spot);
            if tree.is_null() {
                continue;
            }
            if placed.iter().any(|(way, _)| *way == slot.way) {
                let message =
                    format!("`{}` stands beside `{}`, which holds it", by_name.name, field.name);
                self.error(key, message);
                continue;
            }
            let at =
                arrays.iter().position(|(known, ..)| known.way == slot.way).unwrap_or_else(|| {
                    arrays.push((slot, key, Vec::new()));
                    arrays.len() - 1
                });
            let items = self.named_items(names.label, list, by_name, tree);
            arrays[at].2.extend(items);
        }
        for (slot, spot, items) in arrays {
            let array = Tree::new(Content::List(items), spot).said(Said::Unsaid);
            placed.push((slot.way.clone(), array));
        }
    }

    pub(super) fn named_items(
        &mut self,
        label: Label,
        list: &'static List,
        by_name: &'static ByName,
        tree: Tree,
    ) -> Vec<Item> {
        let Tree { content, spot, key, order, .. } = tree;
        let Some(holds) = by_name.holds else {
            return match content {
                Content::List(items) => {
                    let mut items = self.items(list, items, Some(by_name));
                    let mut position = 0;
                    for item in &mut items {
                        item.say(by_name.name, &mut position);
                    }
                    if items.iter().all(|item| matches!(item, Item::One(_))) {
                        return items;
                    }
                    // Made for itself, at its place in the order of what is written.
                    let array = Tree { key, order, ..Tree::new(Content::List(items), spot) };
                    vec![Item::Splice(array)]
                }
                Content::Expression(expression) => {
                    let items = expression.tokens.clone();
                    let content = Content::Expression(expression);
                    let tree = Tree { key, order, ..Tree::new(content, spot) };
                    let tree =
                        tree.said(Said::As { name: by_name.name.to_owned(), position: None });
                    vec![Item::Spread { items, tree }]
                }
                Content::Failed => Vec::new(),
                content => {
                    self.no_array(label, by_name, &Tree::new(content, spot));
                    Vec::new()
                }
            };
        };
        let Schema::Object(object) = list.items else { return Vec::new() };
        let arm = object.tag.and_then(|tag| tag.arm(by_name.value).map(|arm| (tag, arm)));
        let Some((tag, arm)) = arm else { return Vec::new() };
        let Some(field) = arm.object.field(holds) else { return Vec::new() };
        let inner = Tree { key, order, ..Tree::new(content, spot) }.said(Said::Unsaid);
        let inner = match field.schema {
            Schema::List(list) => self.array(label, list, by_name, holds, inner),
            _ => inner,
        };
        let value = self.value(field.schema, inner, true, Position::None);
        let members = vec![
            Member {
                name: tag.name.to_owned(),
                value: fixed(Constant::Text(arm.value), spot).said(Said::Unsaid),
            },
            Member { name: holds.to_owned(), value },
        ];
        let item = Tree::new(Content::Object(members), spot);
        vec![Item::One(item.said(Said::As { name: by_name.name.to_owned(), position: None }))]
    }

    fn no_array(&mut self, label: Label, by_name: &ByName, tree: &Tree) {
        let value = tree.value();
        let kind = ProblemKind::WrongType {
            expected: ValueType::Array,
            found: ValueType::of(&value),
            fix: matches!(value, Value::Object(_)).then(|| "[{ .. }]".to_owned()),
        };
        let subject = Subject::member_of(label, by_name.name);
        self.report(tree.spot, &Problem::new(subject, kind));
    }
}

/// An item that is written by name has the tag of the name.
pub(super) fn with_tag(list: &'static List, tree: Tree, by_name: Option<&'static ByName>) -> Tree {
    let (Some(by_name), Schema::Object(object)) = (by_name, list.items) else { return tree };
    let (Some(tag), Content::Object(mut members)) = (object.tag, tree.content.clone()) else {
        return tree;
    };
    if !members.iter().any(|member| member.name == tag.name) {
        members.push(Member {
            name: tag.name.to_owned(),
            value: fixed(Constant::Text(by_name.value), tree.spot).said(Said::Unsaid),
        });
    }
    Tree { content: Content::Object(members), ..tree }
}
