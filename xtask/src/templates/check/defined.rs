//! Whether the demands are about what a definition is.

use crate::{
    error::{Error, Place, Result},
    received::model::{Arm, Member, Object, Schema, Type, Union, Words},
    templates::model::{Demands, Named, Role, Templates},
};

/// Each role that there is one of has one component.
pub(super) fn roles(demands: &Demands) -> Result<()> {
    for (role, name) in [
        (Role::Header, "header"),
        (Role::Body, "body"),
        (Role::Buttons, "buttons"),
        (Role::Cards, "cards"),
    ] {
        let mut of_role = demands.components.iter().filter(|component| component.role == role);
        match (of_role.next(), of_role.next()) {
            (Some(_), None) => {}
            (Some(_), Some(other)) => {
                return Err(Error::at(
                    &other.place,
                    format!("two components have the role `{name}`"),
                ));
            }
            (None, _) => {
                let message = format!("no component has the role `{name}`");
                return Err(Error::at(&demands.members.place, message));
            }
        }
    }
    Ok(())
}

/// What a definition calls things, and its components, formats, buttons and states.
pub(super) fn check(templates: &Templates) -> Result<()> {
    let demands = &templates.demands;
    let definition = Definition::find(templates)?;
    let rows: Vec<_> = demands.components.iter().map(|row| (&row.name, &row.place)).collect();
    same("component", &rows, &values(definition.components), &definition.components.place)?;
    let rows: Vec<_> = demands.formats.iter().map(|row| (&row.name, &row.place)).collect();
    same("format", &rows, &known(definition.formats), &demands.members.place)?;
    let rows: Vec<_> = demands.buttons.iter().map(|row| (&row.name, &row.place)).collect();
    same("button", &rows, &values(definition.buttons), &definition.buttons.place)?;
    let rows: Vec<_> = demands.statuses.iter().map(|row| (&row.name, &row.place)).collect();
    same("state", &rows, &known(definition.statuses), &demands.members.place)?;
    ways(templates, definition.components, definition.buttons)?;
    for mark in &demands.marks {
        let words = find(&definition.whole.members, &mark.member);
        let words = words.and_then(|member| words_of(templates, member));
        let message = || format!("a definition has no words `{}`", mark.member);
        let words = words.ok_or_else(|| Error::at(&mark.place, message()))?;
        mark.values.iter().try_for_each(|value| has_word(words, value, &mark.place))?;
    }
    Ok(())
}

/// What the names of members lead to.
struct Definition<'t> {
    whole: &'t Object,
    components: &'t Union,
    formats: &'t Words,
    buttons: &'t Union,
    statuses: &'t Words,
}

impl<'t> Definition<'t> {
    /// Follows the names, each of which has to lead somewhere.
    fn find(templates: &'t Templates) -> Result<Self> {
        let names = &templates.demands.members;
        let lost = |what: &str| Error::at(&names.place, format!("a definition has no `{what}`"));
        let whole = templates.object(&names.of).ok_or_else(|| lost(&names.of))?;
        let member = |keyword: &str| {
            let name = names.get(keyword);
            find(&whole.members, name).ok_or_else(|| lost(name))
        };
        for keyword in ["name", "language"] {
            member(keyword)?;
        }
        let words = |keyword: &str| {
            words_of(templates, member(keyword)?).ok_or_else(|| lost(names.get(keyword)))
        };
        for (keyword, word) in [("category", "codes"), ("parameter-format", "named")] {
            has_word(words(keyword)?, names.get(word), &names.place)?;
        }
        let page = templates.answers.iter().find_map(|schema| page(schema, names));
        let mut members = Some(page.ok_or_else(|| lost(names.get("page")))?);
        for step in names.way("more") {
            let member = members.and_then(|members| find(members, step));
            members = match &member.ok_or_else(|| lost(step))?.value {
                Type::Object(name) => templates.object(name).map(|object| &*object.members),
                _ => None,
            };
        }
        let union = |member: Option<&Member>, keyword: &str| {
            let union = member.and_then(items).and_then(|name| templates.union(name));
            let union = union.filter(|union| union.tag == names.get("tag"));
            union.ok_or_else(|| lost(names.get(keyword)))
        };
        let components = union(Some(member("components")?), "components")?;
        let of_role = |role: Role, keyword: &str| {
            let mut rows = templates.demands.components.iter();
            let arm =
                rows.find(|row| row.role == role).and_then(|row| arm_of(components, &row.name));
            arm.and_then(|arm| find(&arm.several, names.get(keyword)))
        };
        for (role, keyword) in [
            (Role::Header, "example"),
            (Role::Header, "text"),
            (Role::Body, "text"),
            (Role::Body, "example"),
            (Role::Cards, "cards"),
        ] {
            of_role(role, keyword).ok_or_else(|| lost(names.get(keyword)))?;
        }
        let buttons = union(of_role(Role::Buttons, "buttons"), "buttons")?;
        let format = of_role(Role::Header, "format");
        let formats = format.and_then(|member| words_of(templates, member));
        let formats = formats.ok_or_else(|| lost(names.get("format")))?;
        Ok(Self { whole, components, formats, buttons, statuses: words("status")? })
    }
}

/// The members of a page of definitions, if this is one.
fn page<'t>(schema: &'t Schema, names: &Named) -> Option<&'t [Member]> {
    let Schema::Object(object) = schema else { return None };
    let page = find(&object.members, names.get("page")).and_then(items);
    (page == Some(&names.of)).then_some(&object.members)
}

fn values(union: &Union) -> Vec<&str> {
    union.arms.iter().map(|arm| arm.value.as_str()).collect()
}

fn known(words: &Words) -> Vec<&str> {
    words.known.iter().map(|(word, _)| word.as_str()).collect()
}

fn words_of<'t>(templates: &'t Templates, member: &Member) -> Option<&'t Words> {
    match &member.value {
        Type::Words(name) => templates.words(name),
        _ => None,
    }
}

/// The members that components and buttons name.
fn ways(templates: &Templates, components: &Union, buttons: &Union) -> Result<()> {
    let lost =
        |place: &Place, name: &str| Err(Error::at(place, format!("it has no member `{name}`")));
    for component in &templates.demands.components {
        let mut members = arm_of(components, &component.name).map(|arm| &arm.several);
        for step in &component.needed_with {
            let Some(member) = members.and_then(|members| find(members, step)) else {
                return lost(&component.place, step);
            };
            members = match &member.value {
                Type::Object(name) => templates.object(name).map(|object| &object.members),
                _ => None,
            };
        }
    }
    for button in &templates.demands.buttons {
        let members = arm_of(buttons, &button.name).map_or(&[][..], |arm| &arm.several);
        let named = (!button.variable_in.is_empty()).then_some(&button.variable_in);
        let useful = button.useful_with.as_ref().map(|(_, member, _)| member);
        if let Some(name) =
            named.into_iter().chain(useful).find(|name| find(members, name).is_none())
        {
            return lost(&button.place, name);
        }
    }
    Ok(())
}

/// The rows and what they are about are the same.
fn same(what: &str, rows: &[(&String, &Place)], known: &[&str], place: &Place) -> Result<()> {
    if let Some((name, place)) = rows.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        return Err(Error::at(place, format!("a definition has no {what} `{name}`")));
    }
    match known.iter().find(|name| !rows.iter().any(|(row, _)| row == *name)) {
        None => Ok(()),
        Some(name) => {
            let message = format!("`x-demands` does not say what the {what} `{name}` demands");
            Err(Error::at(place, message))
        }
    }
}

fn has_word(words: &Words, name: &str, place: &Place) -> Result<()> {
    if words.known.iter().any(|(word, _)| word == name) {
        Ok(())
    } else {
        Err(Error::at(place, format!("`{}` has no word `{name}`", words.name)))
    }
}

fn find<'m>(members: &'m [Member], name: &str) -> Option<&'m Member> {
    members.iter().find(|member| member.name == name)
}

fn arm_of<'u>(union: &'u Union, value: &str) -> Option<&'u Arm> {
    union.arms.iter().find(|arm| arm.value == value)
}

/// The name of what lies in an array.
fn items(member: &Member) -> Option<&String> {
    let Type::List(items, _) = &member.value else { return None };
    match &**items {
        Type::Object(name) | Type::Union(name) => Some(name),
        _ => None,
    }
}
