//! Names and tags that do not fit where they are written.

use wa_message_spec::{
    Form, Node, Problem, Stray, Strayed, found_type, nearest, not_allowed, noun_phrase,
    table::Object,
};

use super::Resolver;
use crate::{
    diagnostic::{Diagnostic, Spot},
    layout::{Fixed, Layout, Slot, Untold},
    literal,
    tree::{Content, Member, Tree},
};

impl Resolver<'_> {
    /// Reports an object of which nothing says what it is.
    pub(super) fn untold(&mut self, untold: Untold, fields: &[Member], spot: Spot) {
        let Untold { tag, object } = untold;
        let values: Vec<_> = tag.arms.iter().map(|arm| arm.value).collect();
        let near = |name: &str| nearest(name, values.iter().copied()).map(str::to_owned);
        let given = fields.iter().find(|field| field.name == tag.name);
        let tag_value = given.map(|field| &field.value);
        let (spot, problem) = if let Some(Tree { content: Content::Failed, .. }) = tag_value {
            return;
        } else if let Some(Tree { content: Content::Text(found), spot, .. }) = tag_value {
            (*spot, not_allowed(format!("`{}`", tag.name), found, &values))
        } else if let Some(value) = tag_value.filter(|value| !literal::is_expression(value)) {
            let field = format!("`{}`", tag.name);
            let problem = if value.is_null() {
                let what = noun_phrase(tag.description);
                Problem::Missing { owner: object.label.to_owned(), field, what }
            } else {
                let (expected, found) =
                    ("a text".to_owned(), found_type(&value.value()).to_owned());
                Problem::WrongType { field, expected, found, fix: None }
            };
            (value.spot, problem)
        } else if let Some(first) = fields.iter().find(|field| field.value.key.is_some()) {
            let field = format!("`{}`", first.name);
            let problem = match object.refusal(&first.name) {
                Some(refused) => Problem::Refused { field, because: refused.because.to_owned() },
                None => Problem::Unknown {
                    owner: object.label.to_owned(),
                    field,
                    suggestion: near(&first.name),
                    inside: None,
                },
            };
            (first.value.key.unwrap_or(first.value.spot), problem)
        } else {
            let fields = values.iter().map(|value| format!("`{value}`")).collect();
            (spot, Problem::NoneOf { owner: object.label.to_owned(), fields })
        };
        let mut diagnostic = Diagnostic::of(spot, &problem);
        if diagnostic.help.is_none() && matches!(problem, Problem::Unknown { .. }) {
            diagnostic.help = Some(format!("{} takes {}", object.label, listed(&values)));
        }
        self.diagnostics.push(diagnostic);
    }

    /// Reports a whole item in braces, where its fields should stand.
    pub(super) fn whole_item(
        &mut self,
        object: &'static Object,
        fields: &[Member],
        hint: Option<&str>,
    ) {
        for field in fields {
            let message = format!("{} has no field `{}`", object.label, field.name);
            let spot = field.value.key.unwrap_or(field.value.spot);
            self.diagnostics.push(Diagnostic {
                help: hint.map(str::to_owned),
                ..Diagnostic::new(spot, message)
            });
        }
    }

    /// Reports a tag that says something else than the kind.
    pub(super) fn tag(&mut self, layout: &Layout, field: &Member) {
        let named = |path: &[&str]| path.last().is_some_and(|name| *name == field.name);
        let mut values = layout.fixed.iter().filter_map(|(path, value)| match value {
            Fixed::Text(value) if named(path) => Some(*value),
            _ => None,
        });
        match &field.value.content {
            Content::Failed => {}
            Content::Text(found) if values.clone().any(|value| value == found) => {}
            Content::Text(found) => {
                let message = format!(
                    "`{}` is always `{}` here, and this is `{found}`",
                    field.name,
                    values.next_back().unwrap_or_default()
                );
                self.error(field.value.spot, message);
            }
            _ => self.diagnostics.push(literal::needed(&field.name, &field.value)),
        }
    }

    /// Reports the name of an object whose fields are written in its place, and returns those that it
    /// needs. `inner` are the fields that are written in it.
    pub(super) fn lifted<'l>(
        &mut self,
        layout: &'l Layout,
        name: &str,
        key: Spot,
        inner: Option<&[Member]>,
    ) -> Vec<&'l Slot> {
        let message = format!(
            "`{name}` is left out in the short form of {}, and its fields stand in its place",
            layout.label
        );
        let needed = |slot: &&Slot| slot.field.required && slot.path.contains(&name);
        let mut needed: Vec<_> = layout.slots.iter().filter(needed).collect();
        let written = |names: &[&str]| {
            let fields = names.iter().filter(|name| !layout.is_fixed(name));
            fields.map(|name| format!("{name}: ..")).collect::<Vec<_>>().join(", ")
        };
        let mut help = match inner {
            Some(inner) => {
                let names: Vec<_> = inner.iter().map(|field| field.name.as_str()).collect();
                written(&names)
            }
            None => written(&needed.iter().map(|slot| slot.name).collect::<Vec<_>>()),
        };
        // One of several fields is needed.
        let placed = layout.objects.iter().find(|placed| placed.path.last() == Some(&name));
        let choices = placed.map_or(&[][..], |placed| placed.object.exactly_one);
        if needed.is_empty() && inner.is_none() {
            let names = choices.iter().copied().flatten();
            needed = names.filter_map(|name| layout.slot(name)).collect();
            let choices: Vec<_> = choices.iter().map(|names| written(names)).collect();
            help = choices.join("` or `");
        }
        let mut diagnostic = Diagnostic::new(key, message);
        if !help.is_empty() {
            let help = format!("write `{help}` in place of `{name}: ..`");
            diagnostic = diagnostic.with_help(help);
        }
        self.diagnostics.push(diagnostic);
        needed
    }

    /// Reports the path of a field in the document in the place of its name.
    pub(super) fn path(&mut self, layout: &Layout, field: &Member, slot: &Slot) {
        let spot = field.value.key.unwrap_or(field.value.spot);
        let message = format!(
            "`{}` is written `{}` in the short form of {}",
            field.name, slot.name, layout.label
        );
        self.error(spot, message);
    }

    /// Reports a name that the object does not have, and returns the fields that may have been meant.
    pub(super) fn stray<'l>(
        &mut self,
        layout: &'l Layout,
        field: &Member,
        given: &[String],
    ) -> Vec<&'l Slot> {
        let spot = field.value.key.unwrap_or(field.value.spot);
        let name = field.name.as_str();
        let objects: Vec<_> = layout.objects.iter().map(|placed| placed.object).collect();
        let known = layout.slots.iter().map(|slot| slot.name);
        let known = known.chain(layout.by_name.iter().map(|(by_name, _)| by_name.name));
        // What is given already is not what was meant.
        let known = known.filter(|known| !given.iter().any(|given| given == known));
        let stray = Stray {
            object: objects[0],
            objects: &objects,
            tags: &layout.tags,
            label: &layout.label,
            form: Form::Short,
        };
        let Strayed { problem, instead, .. } = stray.judge(name, known);
        self.report(spot, &problem);
        // Who gives what belongs to another arm has the tag wrong, and not two things.
        if stray.is_of_another_arm(name) && !matches!(problem, Problem::Refused { .. }) {
            let chosen =
                |slot: &&Slot| slot.field.required && objects[0].field(slot.name).is_none();
            return layout.slots.iter().filter(chosen).collect();
        }
        // Who writes something else in its place knows of the field that an object is made for.
        let natural = objects[0].natural.filter(|_| matches!(problem, Problem::Refused { .. }));
        instead.into_iter().chain(natural).filter_map(|name| layout.slot(name)).collect()
    }
}

fn listed(values: &[&str]) -> String {
    let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
    match values.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        all => all.concat(),
    }
}
