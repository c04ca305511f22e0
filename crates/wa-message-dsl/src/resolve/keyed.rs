//! Objects in the place of an array: named values, and what is taken for them.

use wa_message_rules::{
    Label, listed,
    names::Instead,
    table::{ByName, List, Schema},
};

use super::{Resolver, twice};
use crate::{
    diagnostic::{Diagnostic, Spot},
    tree::{Content, Expression, Item, Member, Said, Tree},
};

impl Resolver<'_> {
    /// What stands under a name in the place of an array. An object of named values becomes items that
    /// carry the names. `label` is what a sentence calls the object that has the name, and `holds` the name of
    /// the array in the document.
    pub(super) fn array(
        &mut self,
        label: Label,
        list: &'static List,
        by_name: &'static ByName,
        holds: &str,
        tree: Tree,
    ) -> Tree {
        let Content::Object(members) = &tree.content else { return tree };
        let written: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
        let instead = list.instead(holds, &written);
        if instead == Some(Instead::Around) {
            return self.around(label, by_name, holds, tree);
        }
        // What holds more than a value is no named value.
        let is_deep =
            |member: &Member| matches!(member.value.content, Content::Object(_) | Content::List(_));
        let names = by_name.keyed_by.filter(|_| !members.iter().any(is_deep));
        let (Some(key), Schema::Object(item)) = (names, list.items) else { return tree };
        let Some(natural) = item.natural_name() else { return tree };
        match instead {
            Some(Instead::Item) => return tree,
            Some(Instead::Member(name)) => {
                let message =
                    format!("`{name}` belongs to {}, which stands in brackets", item.label);
                let help = if written.iter().all(|name| item.knows(name)) {
                    format!("write `[{}]`", braces(&written))
                } else {
                    format!(
                        "write a value of this name as `[{{ {key}: \"{name}\", {natural}: .. }}]`"
                    )
                };
                let key = key_of(members, name).unwrap_or(tree.spot);
                self.diagnostics.push(Diagnostic::new(key, message).with_help(help));
            }
            Some(Instead::Inside(inside)) => {
                let first = written.first().copied().unwrap_or_default();
                let message = format!("`{first}` stands further inside {}", item.label);
                let whole = inside.iter().map(|(member, names)| {
                    let object = format!("{{ {member}: {} }}", braces(names));
                    if list.max == 1 { format!("`{object}`") } else { format!("`[{object}]`") }
                });
                let help = format!("write {}", listed(whole, "or"));
                let key = key_of(members, first).unwrap_or(tree.spot);
                self.diagnostics.push(Diagnostic::new(key, message).with_help(help));
            }
            Some(Instead::Around) | None => return self.keyed(key, natural, tree),
        }
        Tree { content: Content::Failed, ..tree }
    }

    /// Reports the object around an array, and returns the array in it.
    fn around(&mut self, label: Label, by_name: &ByName, holds: &str, tree: Tree) -> Tree {
        let Content::Object(members) = tree.content else { return tree };
        let Some(array) = members.into_iter().find(|member| member.name == holds) else {
            return Tree { content: Content::Failed, ..tree };
        };
        let message = format!(
            "`{holds}` is left out in the short form of {label}, and its value stands in its place"
        );
        let value = match array.value.content {
            Content::List(_) => "[..]",
            Content::Object(_) => "{ .. }",
            _ => "..",
        };
        let name = by_name.name;
        let help = format!("write `{name}: {value}` in place of `{name}: {{ {holds}: {value} }}`");
        let key = array.value.key.unwrap_or(array.value.spot);
        self.diagnostics.push(Diagnostic::new(key, message).with_help(help));
        Tree { content: array.value.content, spot: array.value.spot, ..tree }
    }

    /// The items that named values are.
    fn keyed(&mut self, key: &str, natural: &str, tree: Tree) -> Tree {
        let Content::Object(members) = tree.content else { return tree };
        let mut seen = Vec::new();
        let (members, repeated): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| {
            let first = !seen.contains(&member.name);
            seen.push(member.name.clone());
            first
        });
        self.diagnostics.extend(repeated.iter().map(twice));
        let items = members.into_iter().map(|Member { name, value }| {
            let (spot, name_spot) = (value.spot, value.key);
            let name_tree = Tree {
                key: name_spot,
                ..Tree::new(Content::Text(name.clone()), name_spot.unwrap_or(spot))
            };
            let fields = vec![
                Member { name: natural.to_owned(), value: with_its_name(value).said(Said::Unsaid) },
                Member { name: key.to_owned(), value: name_tree.said(Said::Unsaid) },
            ];
            let item = Tree { key: name_spot, ..Tree::new(Content::Object(fields), spot) };
            Item::One(item.said(Said::Named(name)))
        });
        Tree { content: Content::List(items.collect()), ..tree }
    }
}

/// An expression with its name before it: no word of the compiler's error about it can name it.
fn with_its_name(tree: Tree) -> Tree {
    match (tree.content, tree.key) {
        (Content::Expression(expression), Some(key)) => Tree {
            content: Content::Expression(Expression { in_call: true, ..expression }),
            spot: Spot { start: key.start, end: tree.spot.end },
            ..tree
        },
        (content, _) => Tree { content, ..tree },
    }
}

/// Where the name of a member stands.
fn key_of(members: &[Member], name: &str) -> Option<Spot> {
    let member = members.iter().find(|member| member.name == name)?;
    Some(member.value.key.unwrap_or(member.value.spot))
}

/// An object with members of these names.
fn braces(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("{name}: ..")).collect();
    format!("{{ {} }}", names.join(", "))
}
