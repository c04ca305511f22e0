//! Ways to what is often looked for in the content of an object.

use heck::ToUpperCamelCase as _;

use super::model::{Find, Member, Object, Received, Type, Union};

/// A place in a content.
#[derive(Debug)]
pub(super) struct Place<'r> {
    /// The unions on the way and the arm that is taken in each, from the outside.
    pub(super) arms: Vec<(&'r Union, String)>,
    /// The member of the innermost arm, if that is what is looked for.
    pub(super) member: Option<&'r Member>,
    /// What stands there.
    pub(super) value: &'r Type,
}

/// The places of what is looked for, or why one is none.
pub(super) fn places<'r>(
    received: &'r Received,
    object: &'r Object,
    find: &Find,
) -> Result<Vec<Place<'r>>, String> {
    let content = object.content.as_ref().and_then(|name| received.union(name));
    let content = content.ok_or_else(|| "`x-finds` goes with a content".to_owned())?;
    let places = find.paths.iter().map(|path| {
        place(received, content, path)
            .ok_or_else(|| format!("`x-finds` names `{path}`, which leads nowhere"))
    });
    let places: Vec<_> = places.collect::<Result<_, _>>()?;
    let Some((first, others)) = places.split_first() else {
        return Err(format!("`x-finds` says of `{}` nowhere to look", find.name));
    };
    // Texts are read in several forms, and are texts all the same.
    let is_alike = |one: &Type| match (one, first.value) {
        (Type::Text(_), Type::Text(_)) => true,
        (one, other) => one == other,
    };
    if others.iter().all(|other| is_alike(other.value)) {
        Ok(places)
    } else {
        Err(format!("what `x-finds` calls `{}` is not alike everywhere", find.name))
    }
}

fn place<'r>(received: &'r Received, content: &'r Union, path: &str) -> Option<Place<'r>> {
    let mut arms = Vec::new();
    let mut union = Some(content);
    let mut steps = path.split('.');
    let mut value = None;
    while let Some(inside) = union {
        let word = steps.next()?;
        let arm = inside.arms.iter().find(|arm| arm.value == word)?;
        arms.push((inside, arm.value.to_upper_camel_case()));
        let member = arm.member.as_ref().filter(|member| member.required)?;
        union = match &member.value {
            Type::Union(name) => Some(received.union(name)?),
            _ => None,
        };
        value = Some(&member.value);
    }
    let value = value?;
    let Some(name) = steps.next() else { return Some(Place { arms, member: None, value }) };
    let Type::Object(object) = value else { return None };
    let member = received.object(object)?.members.iter().find(|member| member.name == name)?;
    steps.next().is_none().then_some(Place { arms, member: Some(member), value: &member.value })
}
