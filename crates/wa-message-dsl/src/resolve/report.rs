//! Names and tags that do not fit where they are written.

use wa_message_rules::{
    Form, Label, Node, Problem, ProblemKind, Stray, Strayed, Subject, ValueType, listed,
    names::{Chosen, Constant, Names, Slot},
    nearest, not_allowed,
    table::Object,
};

use wa_message_spec::tables::KINDS;

use super::Resolver;
use crate::{
    diagnostic::{Diagnostic, Spot},
    layout, literal,
    tree::{Content, Member, Tree},
};

impl Resolver<'_> {
    /// Reports an object of which nothing says what it is.
    pub(super) fn untold(&mut self, open: &Chosen, fields: &[Member], spot: Spot) {
        let Chosen { tag, object, .. } = open;
        let values: Vec<_> = tag.arms.iter().map(|arm| arm.value).collect();
        let owner = Label::Phrase(object.label);
        let of_tag = |kind| Problem::new(Subject::member_of(owner, tag.name), kind);
        let given = fields.iter().find(|field| field.name == tag.name);
        let tag_value = given.map(|field| &field.value);
        let (spot, problem) = if let Some(Tree { content: Content::Failed, .. }) = tag_value {
            return;
        } else if let Some(Tree { content: Content::Text(found), spot, .. }) = tag_value {
            (*spot, of_tag(not_allowed(found, values.clone())))
        } else if let Some(value) = tag_value.filter(|value| !literal::is_expression(value)) {
            let kind = if value.is_null() {
                ProblemKind::Missing { description: tag.description }
            } else {
                let found = ValueType::of(&value.value());
                ProblemKind::WrongType { expected: ValueType::Text, found, fix: None }
            };
            (value.spot, of_tag(kind))
        } else if let Some(first) = fields.iter().find(|field| field.value.key.is_some()) {
            let kind = if let Some(refused) = object.refusal(&first.name) {
                ProblemKind::Refused { because: refused.because }
            } else {
                let near = nearest(&first.name, values.iter().copied());
                ProblemKind::Unknown { suggestions: near.into_iter().collect(), inside: None }
            };
            let problem = Problem::new(Subject::named(owner, &first.name), kind);
            (first.value.key.unwrap_or(first.value.spot), problem)
        } else {
            let groups = values.iter().map(|value| vec![*value]).collect();
            (spot, Problem::new(Subject::of(owner), ProblemKind::NoneOf { groups }))
        };
        let mut diagnostic = Diagnostic::of(spot, &problem);
        if diagnostic.help.is_none() && matches!(problem.kind(), ProblemKind::Unknown { .. }) {
            let values = values.iter().map(|value| format!("`{value}`"));
            diagnostic.help = Some(format!("{owner} takes {}", listed(values, "or")));
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
            let help = hint.map(str::to_owned);
            self.diagnostics.push(Diagnostic { help, ..Diagnostic::new(spot, message) });
        }
    }

    /// Reports a tag that says something else than the kind.
    pub(super) fn tag(&mut self, names: &Names, field: &Member) {
        let named = |path: &[&str]| path.last().is_some_and(|name| *name == field.name);
        let mut values = names.fixed.iter().filter_map(|(path, value)| match value {
            Constant::Text(value) if named(path) => Some(*value),
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
        names: &'l Names,
        name: &str,
        key: Spot,
        inner: Option<&[Member]>,
    ) -> Vec<&'l Slot> {
        let message = format!(
            "`{name}` is left out in the short form of {}, and its fields stand in its place",
            names.label
        );
        let needed = |slot: &&Slot| slot.field.required && slot.way.contains(&name);
        let mut needed: Vec<_> = names.slots.iter().filter(needed).collect();
        let written = |fields: &[&str]| {
            let fields = fields.iter().filter(|name| !layout::is_fixed(names, name));
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
        let placed = names.objects.iter().find(|placed| placed.way.last() == Some(&name));
        let choices = placed.map_or(&[][..], |placed| placed.object.exactly_one);
        if needed.is_empty() && inner.is_none() {
            let chosen = choices.iter().copied().flatten();
            needed = chosen.filter_map(|name| names.slot(name)).collect();
            let choices: Vec<_> = choices.iter().map(|fields| written(fields)).collect();
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
    pub(super) fn path(&mut self, names: &Names, field: &Member, slot: &Slot) {
        let spot = field.value.key.unwrap_or(field.value.spot);
        let message = format!(
            "`{}` is written `{}` in the short form of {}",
            field.name, slot.name, names.label
        );
        self.error(spot, message);
    }

    /// Reports a name that the object does not have, and returns the fields that may have been meant.
    pub(super) fn stray<'l>(
        &mut self,
        names: &'l Names,
        field: &Member,
        given: &[&String],
    ) -> Vec<&'l Slot> {
        let spot = field.value.key.unwrap_or(field.value.spot);
        let name = field.name.as_str();
        let objects: Vec<_> = names.objects.iter().map(|placed| placed.object).collect();
        let known = names.slots.iter().map(|slot| slot.name);
        let known = known.chain(names.by_name.iter().map(|(by_name, _)| by_name.name));
        // What is given already is not what was meant.
        let known = known.filter(|known| !given.iter().any(|given| *given == known));
        let tags: Vec<_> = names.tags.iter().map(|chosen| chosen.tag).collect();
        let stray = Stray {
            kinds: KINDS,
            object: objects[0],
            objects: &objects,
            tags: &tags,
            label: names.label,
            form: Form::Short,
            // What the kind and the fields choose is among the objects.
            choice: &|_, _| None,
        };
        let Strayed { problem, instead, .. } = stray.judge(name, known);
        let is_refused = matches!(problem.kind(), ProblemKind::Refused { .. });
        self.report(spot, &problem);
        // Who gives what belongs to another arm has the tag wrong, and not two things.
        if stray.is_of_another_arm(name) && !is_refused {
            let chosen =
                |slot: &&Slot| slot.field.required && objects[0].field(slot.name).is_none();
            return names.slots.iter().filter(chosen).collect();
        }
        // Who writes something else in its place knows of the field that an object is made for.
        let natural = objects[0].natural.filter(|_| is_refused);
        instead.into_iter().chain(natural).filter_map(|name| names.slot(name)).collect()
    }
}
