//! Members that an object does not have, and what was meant by them.

use crate::{
    problem::{Label, Problem, ProblemKind, Subject},
    suggest::nearest_within,
    table::{Arm, Keyword, Kind, Object, Tag},
    whereabouts::{Choice, Form, further_inside, kinds_with},
};

/// How many letters a name has that may be a part of another one without `_` between.
const PART_AT_LEAST: usize = 4;

/// A member that an object does not have.
pub struct Stray<'s> {
    /// The kinds of message.
    pub kinds: &'static [Kind],
    /// The object itself.
    pub object: &'static Object,
    /// The object and what its tags chose.
    pub objects: &'s [&'static Object],
    /// The tags.
    pub tags: &'s [&'static Tag],
    /// What a sentence calls the object.
    pub label: Label,
    /// The form in which it is written.
    pub form: Form,
    /// What is written further inside.
    pub choice: Choice<'s>,
}

impl Stray<'_> {
    /// Whether the name belongs to something else that the tags could have chosen.
    #[must_use]
    pub fn is_of_another_arm(&self, name: &str) -> bool {
        self.arm_with(name).is_some()
    }

    fn arm_with(&self, name: &str) -> Option<&'static Arm> {
        self.tags.iter().flat_map(|tag| tag.arms).find(|arm| arm.object.field(name).is_some())
    }

    /// What is wrong with it. `known` are the names that may be meant.
    #[must_use]
    pub fn judge(&self, name: &str, known: impl Iterator<Item = &'static str>) -> Strayed {
        let strayed = |owner, kind, number, instead| {
            let problem = Problem::new(Subject::named(owner, name), kind);
            Strayed { problem, number, instead }
        };
        if let Some(refused) = self.objects.iter().find_map(|object| object.refusal(name)) {
            let kind = ProblemKind::Refused { because: refused.because };
            return strayed(self.label, kind, refused.number, refused.instead.to_vec());
        }
        let known: Vec<_> = known.collect();
        let unknown = |suggestions, inside| ProblemKind::Unknown { suggestions, inside };
        let meant = self.meant(name, &known);
        if !meant.is_empty() {
            let kind = unknown(meant.clone(), None);
            return strayed(self.label, kind, self.unknown_number(), meant);
        }
        if let Some(arm) = self.arm_with(name) {
            let number = self.object.numbers.of(Keyword::OneOf);
            let (owner, kind) = if let Some(kind) = arm.object.kind {
                let belongs_to = vec![Label::Kind(kind)];
                (self.label, ProblemKind::Foreign { belongs_to, suggestion: None })
            } else {
                let owner = arm_label(self.objects, self.tags).unwrap_or(self.label);
                (owner, unknown(Vec::new(), None))
            };
            return strayed(owner, kind, number, Vec::new());
        }
        let near = |slips| nearest_within(name, known.iter().copied(), slips);
        // A name that is known elsewhere is rarely a slip.
        let slip = near(Some(1));
        let inner = name.rsplit_once('.').map_or(name, |(_, inner)| inner);
        let (kind, instead) = if let Some((inside, first)) = self.further_inside(inner) {
            let instead = slip.or(Some(first)).into_iter().collect();
            (unknown(slip.into_iter().collect(), Some(inside)), instead)
        } else if slip.is_none()
            && let wholes @ [_, ..] = self.with_part(name, &known).as_slice()
        {
            (unknown(wholes.to_vec(), None), wholes.to_vec())
        } else if let Some(belongs_to) = self.kinds_with(name) {
            (ProblemKind::Foreign { belongs_to, suggestion: slip }, slip.into_iter().collect())
        } else {
            let near: Vec<_> = near(None).into_iter().collect();
            (unknown(near.clone(), None), near)
        };
        strayed(self.label, kind, self.unknown_number(), instead)
    }

    fn further_inside(&self, name: &str) -> Option<(String, &'static str)> {
        further_inside(self.objects, name, self.form, self.choice)
    }

    /// The members whose names begin or end with this one, which is known for something else elsewhere:
    /// `filename` for `name`.
    fn with_part(&self, name: &str, known: &[&'static str]) -> Vec<&'static str> {
        let is_part = |whole: &str| {
            let rest = whole.strip_suffix(name).map(|rest| rest.ends_with('_'));
            let rest = rest.or_else(|| whole.strip_prefix(name).map(|rest| rest.starts_with('_')));
            rest.is_some_and(|is_word| is_word && name.len() > 1 || name.len() >= PART_AT_LEAST)
        };
        let fields = self.objects.iter().flat_map(|object| object.fields);
        let wholes = fields.filter(|field| {
            field.constant().is_none() && known.contains(&field.name) && is_part(field.name)
        });
        let mut names = Vec::new();
        for field in wholes {
            if !names.contains(&field.name) {
                names.push(field.name);
            }
        }
        names
    }

    /// The kinds of message that have it, for a member of a kind.
    fn kinds_with(&self, name: &str) -> Option<Vec<Label>> {
        let Label::Kind(_) = self.label else { return None };
        Some(kinds_with(self.kinds, name)).filter(|kinds| !kinds.is_empty())
    }

    fn unknown_number(&self) -> Option<u16> {
        let mut numbers = self.objects.iter().rev().map(|object| object.numbers);
        numbers.find_map(|numbers| numbers.of(Keyword::AdditionalProperties))
    }

    /// The members that somebody looks for under another name. Those that have to be given go first,
    /// because they are what is missing.
    fn meant(&self, name: &str, known: &[&'static str]) -> Vec<&'static str> {
        let mut meant: Vec<(&'static str, bool)> = Vec::new();
        for field in self.objects.iter().flat_map(|object| object.fields) {
            if field.synonyms.contains(&name) {
                meant.push((field.name, field.required));
            }
            let by_name = field.by_name.iter().filter(|_| self.form == Form::Short);
            let by_name = by_name.filter(|by_name| by_name.synonyms.contains(&name));
            meant.extend(by_name.map(|by_name| (by_name.name, false)));
        }
        meant.retain(|(name, _)| known.contains(name));
        let any_required = meant.iter().any(|(_, required)| *required);
        meant.retain(|(_, required)| *required || !any_required);
        let mut names = Vec::new();
        for (name, _) in meant {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// What is wrong with a member that an object does not have.
#[derive(Debug)]
pub struct Strayed {
    /// What is wrong.
    pub problem: Problem,
    /// The number of the rule.
    pub number: Option<u16>,
    /// The members that it is given in place of. That they are missing is a consequence.
    pub instead: Vec<&'static str>,
}

/// What a sentence calls an object by its tag.
fn arm_label(objects: &[&'static Object], tags: &[&'static Tag]) -> Option<Label> {
    let object = objects.first()?;
    let (tag, arm) = tags.iter().rev().find_map(|tag| {
        let chosen = |arm: &&Arm| objects.iter().any(|object| std::ptr::eq(*object, arm.object));
        tag.arms.iter().find(chosen).map(|arm| (tag, arm))
    })?;
    Some(Label::Arm { phrase: object.label, tag: tag.name, value: arm.value })
}
