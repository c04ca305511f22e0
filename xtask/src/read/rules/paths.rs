//! Follows the paths of rules to what they lead to.

use crate::{
    error::{Error, Result},
    model::{Asks, Condition, Description, Object, Rule, Step, Term, Type},
};

/// What a path leads to.
enum End {
    /// A value.
    Value(Type),
    /// The tag of a union, which is a text.
    Tag,
}

/// Refuses a rule that names members that are not there.
pub(crate) fn validate(
    description: &Description,
    object: &Object,
    rule: &Rule,
    is_advice: bool,
) -> Result<()> {
    let judge = Judge { description, object, rule };
    for condition in &rule.when {
        match condition {
            Condition::Is(path, _) | Condition::IsOrAbsent(path, _) => {
                judge.scalars(path, is_advice)?;
            }
            Condition::Matches(path, _) => judge.texts(path)?,
            Condition::CountAbove(path, _) | Condition::Absent(path) => {
                judge.follow(object, path)?;
            }
        }
    }
    match &rule.asks {
        Asks::Unique(path) if judge.is_word(path) => {
            Err(judge.error("the path leads to words that are read in any case"))
        }
        Asks::Unique(path) | Asks::Same(path) | Asks::OneOf(path, _) => {
            judge.scalars(path, is_advice)
        }
        Asks::MaxLength(path, _) | Asks::Matches(path, _) => judge.texts(path),
        Asks::Contiguous(path) | Asks::Within(path, ..) => judge.numbers(path),
        Asks::Together(path) if !matches!(path.last(), Some(Step::EachWith(..))) => {
            Err(judge.error("the path has to end at the items with some values of their tag"))
        }
        Asks::SameValues(path, of) => judge.scalars(&[path.as_slice(), of].concat(), is_advice),
        Asks::Samples(text, values, names) => {
            judge.texts(text)?;
            [values, names].into_iter().try_for_each(|path| judge.reaches(path))
        }
        Asks::Together(path) | Asks::Total(path, _) => judge.follow(object, path).map(|_| ()),
        Asks::EachNeeds(path, name) | Asks::SameCount(path, name) => judge.objects_with(path, name),
        Asks::AllOrNone(path, name) => {
            let path: Vec<_> = path.iter().cloned().chain([Step::Member(name.clone())]).collect();
            judge.follow(object, &path).map(|_| ())
        }
        Asks::Sum(total, terms) => {
            judge.numbers(total)?;
            terms.iter().try_for_each(|term| judge.term(term))
        }
        Asks::Less(lesser, greater) => {
            judge.numbers(lesser)?;
            judge.numbers(greater)
        }
        Asks::Absent(name) | Asks::Present(name) => {
            judge.follow(object, &[Step::Member(name.clone())]).map(|_| ())
        }
        Asks::MaxBytes(path, _) if is_advice => judge.texts(path),
        Asks::Among(path, among) if is_advice => {
            judge.texts(path)?;
            judge.texts(among)
        }
        Asks::MaxBytes(..) | Asks::Among(..) => {
            Err(judge.error("this form is for `x-advice` alone"))
        }
    }
}

/// Whether the description asks for a number wherever its object stands, so that a missing one is no
/// zero.
pub(crate) fn needs(description: &Description, object: &Object, term: &Term) -> bool {
    let owner = over(description, object, term);
    let Some(owner) = owner else { return false };
    term.add.iter().any(|path| {
        let mut current = Some(owner);
        path.iter().all(|step| {
            let (Step::Member(name), Some(object)) = (step, current) else { return false };
            let Some(field) = description.field(object, name) else { return false };
            current = match &field.value {
                Type::Object(inner) => description.object(inner),
                _ => None,
            };
            field.required
        })
    })
}

/// The objects that a term goes over.
fn over<'d>(description: &'d Description, object: &'d Object, term: &Term) -> Option<&'d Object> {
    let mut current = Type::Object(object.name.clone());
    for step in &term.over {
        current = match (step, current) {
            (Step::Member(name), Type::Object(inner)) => {
                let inner =
                    if inner == object.name { object } else { description.object(&inner)? };
                description.field(inner, name)?.value.clone()
            }
            (Step::Each | Step::EachWith(..), Type::List(list)) => list.items.clone(),
            _ => return None,
        };
    }
    match current {
        Type::Object(name) if name == object.name => Some(object),
        Type::Object(name) => description.object(&name),
        _ => None,
    }
}

/// Whether a path leads to tags, or to texts of a set of values. Both are read in any case.
pub(crate) fn is_word(
    description: &Description,
    object: &Object,
    rule: &Rule,
    path: &[Step],
) -> bool {
    Judge { description, object, rule }.is_word(path)
}

struct Judge<'d> {
    description: &'d Description,
    object: &'d Object,
    rule: &'d Rule,
}

impl Judge<'_> {
    fn error(&self, message: impl Into<String>) -> Error {
        Error::at(&self.rule.place, message)
    }

    fn is_word(&self, path: &[Step]) -> bool {
        match self.follow(self.object, path) {
            Ok(End::Tag) => true,
            Ok(End::Value(Type::Text(text))) => text.values.is_some(),
            _ => false,
        }
    }

    fn texts(&self, path: &[Step]) -> Result<()> {
        match self.follow(self.object, path)? {
            End::Tag | End::Value(Type::Text(_)) => Ok(()),
            End::Value(_) => Err(self.error("the path has to lead to texts")),
        }
    }

    fn scalars(&self, path: &[Step], is_advice: bool) -> Result<()> {
        match self.follow(self.object, path)? {
            End::Tag | End::Value(Type::Text(_) | Type::Integer { .. }) => Ok(()),
            End::Value(Type::Boolean) if is_advice => Ok(()),
            End::Value(_) => Err(self.error("the path has to lead to texts or whole numbers")),
        }
    }

    /// Follows a path, of which the rest may lie in free members.
    fn reaches(&self, path: &[Step]) -> Result<()> {
        let is_free = |end: usize| {
            let found = self.follow(self.object, &path[..end]);
            matches!(found, Ok(End::Value(Type::Json { .. })))
        };
        if (1..path.len()).any(is_free) {
            return Ok(());
        }
        self.follow(self.object, path).map(|_| ())
    }

    fn numbers(&self, path: &[Step]) -> Result<()> {
        match self.follow(self.object, path)? {
            End::Value(Type::Integer { .. }) => Ok(()),
            _ => Err(self.error("the path has to lead to whole numbers")),
        }
    }

    fn objects_with(&self, path: &[Step], name: &str) -> Result<()> {
        match self.follow(self.object, path)? {
            End::Value(Type::Object(inner))
                if self
                    .description
                    .object(&inner)
                    .is_some_and(|inner| self.description.field(inner, name).is_some()) =>
            {
                Ok(())
            }
            _ => Err(self.error(format!("there is no member `{name}`"))),
        }
    }

    fn term(&self, term: &Term) -> Result<()> {
        let lost = || self.error("`over` has to lead to objects");
        let owner = over(self.description, self.object, term).ok_or_else(lost)?;
        for path in term.add.iter().chain(&term.times) {
            match self.follow(owner, path)? {
                End::Value(Type::Integer { .. }) => {}
                _ => return Err(self.error("the terms of a sum are whole numbers")),
            }
        }
        Ok(())
    }

    fn follow(&self, start: &Object, path: &[Step]) -> Result<End> {
        let lost = |name: &str| self.error(format!("the path is lost at `{name}`"));
        let mut current = Type::Object(start.name.clone());
        // Where a filter has chosen among the arms of a union.
        let mut chosen: Option<Object> = None;
        for (at, step) in path.iter().enumerate() {
            let narrowed = chosen.take();
            current = match (step, current) {
                (Step::Member(name), Type::Object(inner)) => {
                    let inner = match &narrowed {
                        Some(narrowed) => Some(narrowed),
                        None if inner == start.name => Some(start),
                        None => self.description.object(&inner),
                    };
                    let inner = inner.ok_or_else(|| lost(name))?;
                    if inner.union.as_ref().is_some_and(|union| union.tag == *name) {
                        return if at + 1 == path.len() { Ok(End::Tag) } else { Err(lost(name)) };
                    }
                    let field = self.description.field(inner, name).ok_or_else(|| lost(name))?;
                    field.value.clone()
                }
                (Step::Each, Type::List(list)) => list.items.clone(),
                (Step::EachWith(tag, values), Type::List(list)) => {
                    if let Type::Object(name) = &list.items {
                        chosen = self.narrowed(name, tag, values)?;
                    }
                    list.items.clone()
                }
                (Step::Member(name), _) => return Err(lost(name)),
                _ => return Err(lost("[]")),
            };
        }
        Ok(End::Value(current))
    }

    /// The arms of a union that some values of its tag choose, as one object.
    fn narrowed(&self, name: &str, tag: &str, values: &[String]) -> Result<Option<Object>> {
        let Some(object) = self.description.object(name) else { return Ok(None) };
        let mut object = object.clone();
        loop {
            let Some(union) = &object.union else {
                return Err(self.error(format!("`{tag}` is no tag of `{name}`")));
            };
            if union.tag == tag {
                break;
            }
            let inner = union.arms.iter().filter_map(|arm| self.description.arm_object(arm));
            let next = inner.into_iter().find(|inner| has_tag(self.description, inner, tag));
            let Some(next) = next else {
                return Err(self.error(format!("`{tag}` is no tag of `{name}`")));
            };
            object = next.clone();
        }
        if let Some(union) = &mut object.union {
            if let Some(unknown) =
                values.iter().find(|value| !union.arms.iter().any(|arm| arm.value == **value))
            {
                return Err(self.error(format!("`{tag}` is never `{unknown}`")));
            }
            union.arms.retain(|arm| values.contains(&arm.value));
        }
        Ok(Some(object))
    }
}

/// Whether a tag chooses among the members of an object, or of an arm of it.
pub(crate) fn has_tag(description: &Description, object: &Object, tag: &str) -> bool {
    object.union.as_ref().is_some_and(|union| {
        union.tag == tag
            || union
                .arms
                .iter()
                .filter_map(|arm| description.arm_object(arm))
                .any(|inner| has_tag(description, inner, tag))
    })
}
