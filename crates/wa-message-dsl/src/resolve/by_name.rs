//! Items of an array that are written by name.

use wa_message_rules::{
    Label, Node, Problem, ProblemKind, Subject, Value, ValueType,
    names::{Constant, Names, Slot, Way},
    table::{ByName, List, Schema},
};

use super::{Position, Resolver, fixed, twice};
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
        let (inner, repeated) = keyed(by_name, field.schema, inner);
        self.diagnostics.extend(repeated.iter().map(twice));
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

/// An object of named values in the place of an array: each becomes an item that carries its name.
/// Names that stand twice are returned beside it.
fn keyed(by_name: &'static ByName, schema: Schema, tree: Tree) -> (Tree, Vec<Member>) {
    let none = Vec::new;
    let (Some(key), Schema::List(list)) = (by_name.keyed_by, schema) else { return (tree, none()) };
    let Schema::Object(object) = list.items else { return (tree, none()) };
    let Some(natural) = object.natural_name() else { return (tree, none()) };
    let Content::Object(members) = tree.content else { return (tree, none()) };
    // What names a member or an arm of the items is an item, and so is what holds more than a value.
    let is_item = |member: &Member| {
        matches!(member.value.content, Content::Object(_) | Content::List(_))
            || list.max == 1 && object.knows(&member.name)
    };
    if members.iter().any(is_item) {
        return (Tree { content: Content::Object(members), ..tree }, none());
    }
    let mut seen = Vec::new();
    let (members, repeated): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| {
        let first = !seen.contains(&member.name);
        seen.push(member.name.clone());
        first
    });
    let items = members.into_iter().map(|member| {
        let Tree { spot, key: name, .. } = member.value;
        let name_tree = Tree {
            key: name,
            ..Tree::new(Content::Text(member.name.clone()), name.unwrap_or(spot))
        };
        let said = Said::As { name: member.name, position: None };
        let fields = vec![
            Member { name: natural.to_owned(), value: member.value.said(Said::Unsaid) },
            Member { name: key.to_owned(), value: name_tree.said(Said::Unsaid) },
        ];
        Item::One(Tree { key: name, ..Tree::new(Content::Object(fields), spot) }.said(said))
    });
    (Tree { content: Content::List(items.collect()), ..tree }, repeated)
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
