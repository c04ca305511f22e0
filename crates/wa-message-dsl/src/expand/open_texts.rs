//! The texts of a document that the program evaluates, and the check of each.

use proc_macro2::TokenStream;
use wa_message_rules::{
    Label, owner_of_members,
    table::{Field, Object, Schema},
};

use super::{
    Expander,
    field::{self, Fits},
    one_text::Check,
    proof::TextRule,
};
use crate::tree::{Content, Item, Tree};

/// The texts that the program evaluates, on the way through a document.
struct Texts<'r> {
    root: &'static Object,
    rules: &'r [TextRule],
    checks: Vec<Check>,
    /// What a sentence calls the object around the place.
    owner: Label,
    /// Whether there is a check for each of them.
    are_all_known: bool,
}

impl Expander {
    /// Evaluates the texts that are expressions, and returns their checks, if there is one for each.
    pub(super) fn open_texts(
        &mut self,
        root: &'static Object,
        tree: &Tree,
        rules: &[TextRule],
    ) -> Option<Vec<Check>> {
        let owner = Label::Phrase(root.label);
        let mut texts = Texts { root, rules, checks: Vec::new(), owner, are_all_known: true };
        self.open_members(Schema::Object(root), tree, &mut texts);
        texts.are_all_known.then_some(texts.checks)
    }

    fn open_members(&mut self, schema: Schema, tree: &Tree, texts: &mut Texts<'_>) {
        match (&tree.content, schema) {
            (Content::Object(_), Schema::Object(object)) => {
                let outer = (self.called, texts.owner);
                self.called = outer.0.of(tree);
                let objects: Vec<_> = object.chosen(|_, tag| tree.arm(tag)).collect();
                texts.owner = owner_of_members(&objects, outer.1);
                let mut next = Some(object);
                while let Some(object) = next {
                    for field in object.fields {
                        if let Some(value) = tree.member(field.name) {
                            self.open_member(field, value, Fits::of(object, field, tree), texts);
                        }
                    }
                    let arm = object.tag.and_then(|tag| tree.arm(tag));
                    if let Some(arm) = arm {
                        self.called = self.called.chosen(arm.value);
                    }
                    next = arm.map(|arm| arm.object);
                }
                (self.called, texts.owner) = outer;
            }
            (Content::List(items), Schema::List(list)) => {
                let (field, owner) = (self.field, texts.owner);
                texts.owner = list.items.owner(owner);
                for item in items.iter().map(Item::tree) {
                    self.field = field;
                    self.open_text(list.items, item, texts, |this| this.item_fit(list.items, item));
                }
                texts.owner = owner;
            }
            _ => {}
        }
    }

    fn open_member(
        &mut self,
        field: &'static Field,
        value: &Tree,
        fits: Fits,
        texts: &mut Texts<'_>,
    ) {
        let (outer, owner) = (self.called, texts.owner);
        self.called = outer.within(field);
        texts.owner = field.owner(owner);
        self.field = outer.called(field, value);
        self.open_text(field.schema, value, texts, |_| field::fit(field, outer, value, fits));
        (self.called, texts.owner) = (outer, owner);
    }

    fn open_text(
        &mut self,
        schema: Schema,
        tree: &Tree,
        texts: &mut Texts<'_>,
        fit: impl FnOnce(&Self) -> TokenStream,
    ) {
        let Content::Expression(expression) = &tree.content else {
            return self.open_members(schema, tree, texts);
        };
        let fit = fit(self);
        self.hoist(tree, expression, &fit);
        if let Schema::Text(limits) = schema {
            let check = Check::new(tree, limits, texts.owner, texts.root, texts.rules);
            texts.are_all_known &= check.is_some();
            texts.checks.extend(check);
        }
    }
}
