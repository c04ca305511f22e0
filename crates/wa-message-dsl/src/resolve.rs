//! From the short form to the document: fields are put in their places, and what can only have one
//! value is filled in.

mod build;
mod by_name;
mod keyed;
mod report;

use std::collections::VecDeque;

use wa_message_rules::{
    Label, Problem, ProblemKind, Subject,
    names::{Constant, Names, Slot, Way},
    table::{ByName, Kind, List, Object, Schema},
};

use build::build;
use by_name::with_tag;

use crate::{
    diagnostic::{Diagnostic, Spot},
    hint, layout,
    tree::{Content, Item, Member, Said, Tree},
};

/// Resolves the fields of a kind of message to the document.
pub(crate) fn short_form(
    kind: &'static Kind,
    spot: Spot,
    fields: Vec<Member>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Tree {
    let mut resolver = Resolver { diagnostics };
    // The tables list the tags of every kind, so that none of them is open.
    resolver.lay_out(&Names::of_kind(kind), fields, spot, Position::None)
}

/// Reports names that stand twice in an object of the wire form.
pub(crate) fn repeated(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) {
    match &tree.content {
        Content::Object(members) => {
            for (at, member) in members.iter().enumerate() {
                if members[..at].iter().any(|earlier| earlier.name == member.name) {
                    diagnostics.push(twice(member));
                }
                repeated(&member.value, diagnostics);
            }
        }
        Content::List(items) => {
            for tree in items.iter().flat_map(Item::trees) {
                repeated(tree, diagnostics);
            }
        }
        _ => {}
    }
}

fn twice(member: &Member) -> Diagnostic {
    // Of which object it is a member, the sentence does not say.
    let subject = Subject::named(Label::Phrase("the object"), &member.name);
    let problem = Problem::new(subject, ProblemKind::Repeated);
    Diagnostic::of(member.value.key.unwrap_or(member.value.spot), &problem)
}

/// The position of an object in an array.
#[derive(Debug, Clone, Copy)]
enum Position {
    /// It is in none.
    None,
    /// It is known.
    Known(usize),
    /// It is known while the program runs.
    Unknown,
}

struct Resolver<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn error(&mut self, spot: Spot, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(spot, message));
    }

    fn report(&mut self, spot: Spot, problem: &Problem) {
        self.diagnostics.push(Diagnostic::of(spot, problem));
    }

    /// Resolves a value. `natural` says that it stands for what is further inside.
    fn value(&mut self, schema: Schema, tree: Tree, natural: bool, position: Position) -> Tree {
        let Tree { content, spot, key, order, said, hint, .. } = tree;
        let resolved = match (content, schema) {
            (Content::Object(fields), Schema::Object(object))
                if hint.is_some() && !fields.iter().all(|field| object.knows(&field.name)) =>
            {
                self.whole_item(object, &fields, hint.as_deref());
                Tree::new(Content::Failed, spot)
            }
            (Content::Object(fields), Schema::Object(object)) => {
                self.object(object, fields, spot, position)
            }
            (Content::List(items), Schema::List(list)) => {
                let items = self.items(list, items, None);
                Tree::new(Content::List(items), spot)
            }
            (content @ Content::Object(_), Schema::Json(_)) => {
                let tree = Tree::new(content, spot);
                repeated(&tree, self.diagnostics);
                tree
            }
            (content, Schema::List(list))
                if natural
                    && (list.max == 1
                        || matches!(
                            content,
                            Content::Text(_) | Content::AtLeast(_) | Content::Const(_)
                        )) =>
            {
                let inner = Tree { key, order, ..Tree::new(content, spot) };
                let item = self.value(list.items, inner, true, Position::None);
                Tree::new(Content::List(vec![Item::One(item.said(Said::Unsaid))]), spot)
            }
            (
                content @ (Content::Text(_)
                | Content::AtLeast(_)
                | Content::Integer(_)
                | Content::Number(_)
                | Content::Boolean(_)
                | Content::Const(_)),
                Schema::Object(object),
            ) => {
                let inner = Tree { key, order, ..Tree::new(content, spot) };
                self.natural(object, inner, position)
            }
            (Content::Object(fields), Schema::Text(_)) => {
                let hint = hint::without_braces(&fields);
                Tree { hint, ..Tree::new(Content::Object(fields), spot) }
            }
            (Content::Expression(mut expression), _) => {
                let known = std::mem::take(&mut expression.known).into_iter();
                let known = known.map(|tree| self.value(schema, tree, natural, Position::None));
                expression.known = known.collect();
                Tree::new(Content::Expression(expression), spot)
            }
            (content, _) => Tree::new(content, spot),
        };
        Tree { key, order, said, ..resolved }
    }

    /// A bare value in the place of an object stands for its natural field.
    fn natural(&mut self, object: &'static Object, tree: Tree, position: Position) -> Tree {
        let Some(natural) = object.natural_name() else {
            return Tree { hint: hint::in_braces(object), ..tree };
        };
        let spot = tree.spot;
        let field = Member {
            name: natural.to_owned(),
            value: Tree { key: Some(spot), ..tree }.said(Said::Unsaid),
        };
        self.object(object, vec![field], spot, position)
    }

    fn object(
        &mut self,
        object: &'static Object,
        fields: Vec<Member>,
        spot: Spot,
        position: Position,
    ) -> Tree {
        let names = layout::of_written(object, &fields);
        if let Some(open) = names.open() {
            self.untold(open, &fields, spot);
            return Tree::new(Content::Failed, spot);
        }
        self.lay_out(&names, fields, spot, position)
    }

    /// Puts the fields of an object in their places.
    fn lay_out(
        &mut self,
        names: &Names,
        fields: Vec<Member>,
        spot: Spot,
        position: Position,
    ) -> Tree {
        let mut placed: Vec<(Way, Tree)> = Vec::new();
        let mut named: Vec<(&'static ByName, &Slot, Tree)> = Vec::new();
        let told = layout::told(names, &fields, spot);
        let mut meant: Vec<(Way, Tree)> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        let mut fields = VecDeque::from(fields);
        while let Some(field) = fields.pop_front() {
            if seen.contains(&field.name) {
                self.diagnostics.push(twice(&field));
                continue;
            }
            seen.push(field.name.clone());
            if let Some((by_name, slot)) = names.by_name(&field.name) {
                named.push((by_name, slot, field.value));
            } else if let Some(slot) = names.slot(&field.name) {
                let mut value =
                    self.value(slot.field.schema, field.value, slot.is_natural, Position::None);
                if slot.name != slot.field.name {
                    value.said = Said::As { name: slot.name.to_owned(), position: None };
                }
                placed.push((slot.way.clone(), value));
            } else if names.lifted.contains(&field.name.as_str()) {
                // What is in it is understood all the same.
                let inner = match field.value.content {
                    Content::Object(inner) => Some(layout::unlifted(names, inner)),
                    _ => None,
                };
                let key = field.value.key.unwrap_or(field.value.spot);
                let needed = self.lifted(names, &field.name, key, inner.as_deref());
                match inner {
                    Some(inner) => fields.extend(inner),
                    None => meant.extend(needed.iter().map(|slot| layout::failed(slot, spot))),
                }
            } else if names.tags.iter().any(|chosen| chosen.tag.name == field.name) {
                self.tag(names, &field);
            } else if let Some(slot) = layout::slot_at(names, &field.name) {
                self.path(names, &field, slot);
                fields.push_front(Member { name: slot.name.to_owned(), ..field });
            } else {
                let given: Vec<_> =
                    seen.iter().chain(fields.iter().map(|field| &field.name)).collect();
                let stray = self.stray(names, &field, &given);
                meant.extend(stray.iter().map(|slot| layout::failed(slot, spot)));
            }
        }
        self.by_name(names, named, &mut placed);
        for (way, tree) in meant {
            if !placed.iter().any(|(given, _)| *given == way) {
                placed.push((way, tree));
            }
        }
        for slot in names.slots.iter().filter(|slot| slot.field.position) {
            let content = match (position, slot.field.schema) {
                (Position::None, _) => continue,
                (Position::Known(index), Schema::Integer(_)) => {
                    Content::Integer(i128::try_from(index).unwrap_or(i128::MAX))
                }
                (Position::Known(index), _) => Content::Text(index.to_string()),
                (Position::Unknown, _) => Content::Position,
            };
            if !placed.iter().any(|(way, _)| *way == slot.way) {
                let tree = Tree { is_filled_in: true, ..Tree::new(content, spot) };
                placed.push((slot.way.clone(), tree));
            }
        }
        build(names, placed, told, spot)
    }

    fn items(
        &mut self,
        list: &'static List,
        items: Vec<Item>,
        by_name: Option<&'static ByName>,
    ) -> Vec<Item> {
        let mut all_known = true;
        let mut resolved = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            all_known &= matches!(item, Item::One(_));
            let position = if all_known { Position::Known(index) } else { Position::Unknown };
            resolved.push(self.item(list, item, position, by_name));
        }
        resolved
    }

    fn item(
        &mut self,
        list: &'static List,
        item: Item,
        position: Position,
        by_name: Option<&'static ByName>,
    ) -> Item {
        let mut resolve = |tree: Tree| {
            let tree = with_tag(list, tree, by_name);
            let tree = self.value(list.items, tree, false, position);
            let hint = by_name.and_then(|by_name| hint::behind_its_kind(list, by_name, &tree));
            Tree { hint: hint.or(tree.hint), ..tree }
        };
        match item {
            Item::One(tree) => Item::One(resolve(tree)),
            Item::Spread { .. } | Item::Splice(_) => item,
            Item::For { pattern, items, each } => Item::For { pattern, items, each: resolve(each) },
            Item::If { condition, then, otherwise } => {
                let then = resolve(then);
                let otherwise = otherwise
                    .map(|otherwise| Box::new(self.item(list, *otherwise, position, by_name)));
                Item::If { condition, then, otherwise }
            }
        }
    }
}

fn fixed(value: Constant, spot: Spot) -> Tree {
    let content = match value {
        Constant::Text(value) => Content::Text(value.to_owned()),
        Constant::Integer(value) => Content::Integer(value.into()),
    };
    Tree::new(content, spot)
}
