//! Items of an array that are written by name.

use wa_message_spec::table::{ByName, List, Schema};

use super::{Position, Resolver, fixed, natural_name};
use crate::{
    diagnostic::Spot,
    layout::{Fixed, Layout, knows},
    tree::{Content, Item, Member, Tree},
};

impl Resolver<'_> {
    /// Puts items that are written by name into their array.
    pub(super) fn by_name(
        &mut self,
        layout: &Layout,
        mut named: Vec<(&'static ByName, usize, Tree)>,
        placed: &mut Vec<(Vec<&'static str>, Tree)>,
    ) {
        // The array has the order of the description, whatever the order of the names.
        let rank = |by_name: &ByName| {
            layout.by_name.iter().position(|(known, _)| known.name == by_name.name)
        };
        named.sort_by_key(|(by_name, ..)| rank(by_name));
        let mut arrays: Vec<(usize, Spot, Vec<Item>)> = Vec::new();
        for (by_name, slot, tree) in named {
            let field = layout.slots[slot].field;
            let Schema::List(list) = field.schema else { continue };
            let key = tree.key.unwrap_or(tree.spot);
            if tree.is_null() {
                continue;
            }
            if placed.iter().any(|(path, _)| *path == layout.slots[slot].path) {
                let message =
                    format!("`{}` stands beside `{}`, which holds it", by_name.name, field.name);
                self.error(key, message);
                continue;
            }
            let at = arrays.iter().position(|(known, ..)| *known == slot).unwrap_or_else(|| {
                arrays.push((slot, key, Vec::new()));
                arrays.len() - 1
            });
            let items = self.named_items(list, by_name, tree);
            arrays[at].2.extend(items);
        }
        for (slot, spot, items) in arrays {
            placed.push((layout.slots[slot].path.clone(), Tree::new(Content::List(items), spot)));
        }
    }

    pub(super) fn named_items(
        &mut self,
        list: &'static List,
        by_name: &'static ByName,
        tree: Tree,
    ) -> Vec<Item> {
        let Tree { content, spot, key, order } = tree;
        let Some(holds) = by_name.holds else {
            return match content {
                Content::List(items) => {
                    let items = self.items(list, items, Some(by_name));
                    if items.iter().all(|item| matches!(item, Item::One(_))) {
                        return items;
                    }
                    // Made for itself, at its place in the order of what is written.
                    let array = Tree { content: Content::List(items), spot, key, order };
                    vec![Item::Splice(array)]
                }
                Content::Expression(expression) => {
                    let items = expression.tokens.clone();
                    let tree = Tree { content: Content::Expression(expression), spot, key, order };
                    vec![Item::Spread { items, tree }]
                }
                Content::Failed => Vec::new(),
                _ => {
                    self.error(spot, format!("`{}` takes an array", by_name.name));
                    Vec::new()
                }
            };
        };
        let Schema::Object(object) = list.items else { return Vec::new() };
        let arm = object.tag.and_then(|tag| tag.arm(by_name.value).map(|arm| (tag, arm)));
        let Some((tag, arm)) = arm else { return Vec::new() };
        let Some(field) = arm.object.field(holds) else { return Vec::new() };
        let inner = keyed(by_name, field.schema, Tree { content, spot, key, order });
        let value = self.value(field.schema, inner, true, Position::None);
        let members = vec![
            Member { name: tag.name.to_owned(), value: fixed(Fixed::Text(arm.value), spot) },
            Member { name: holds.to_owned(), value },
        ];
        vec![Item::One(Tree::new(Content::Object(members), spot))]
    }
}

/// An object of named values in the place of an array: each becomes an item that carries its name.
fn keyed(by_name: &'static ByName, schema: Schema, tree: Tree) -> Tree {
    let (Some(key), Schema::List(list)) = (by_name.keyed_by, schema) else { return tree };
    let Schema::Object(object) = list.items else { return tree };
    let Some(natural) = natural_name(object) else { return tree };
    let Content::Object(members) = tree.content else { return tree };
    // What names a member or an arm of the items is an item, and so is what holds more than a value.
    let is_item = |member: &Member| {
        matches!(member.value.content, Content::Object(_) | Content::List(_))
            || list.max == 1 && knows(object, &member.name)
    };
    if members.iter().any(is_item) {
        return Tree { content: Content::Object(members), ..tree };
    }
    let items = members.into_iter().map(|member| {
        let Tree { spot, key: name, .. } = member.value;
        let name_tree =
            Tree { key: name, ..Tree::new(Content::Text(member.name), name.unwrap_or(spot)) };
        let fields = vec![
            Member { name: natural.to_owned(), value: member.value },
            Member { name: key.to_owned(), value: name_tree },
        ];
        Item::One(Tree { key: name, ..Tree::new(Content::Object(fields), spot) })
    });
    Tree { content: Content::List(items.collect()), ..tree }
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
            value: fixed(Fixed::Text(by_name.value), tree.spot),
        });
    }
    Tree { content: Content::Object(members), ..tree }
}
