//! Whether a message can have what a definition demands of it.

use std::collections::HashSet;

use crate::{
    error::{Error, Place, Result},
    model::{Arm, Description, ErrorCodes, Object, Type},
    templates::model::{Demands, Named, Role, Templates},
};

/// Checks what the description says of messages.
///
/// # Errors
///
/// When a message cannot have what a definition is said to demand of it, or a code is not known.
pub(crate) fn against(templates: &Templates, messages: &Description) -> Result<()> {
    let demands = &templates.demands;
    let message = Message::find(&demands.sent, messages)?;
    let mut errors = Vec::new();
    let mut refuse = |place: &Place, what: String| errors.push(Error::at(place, what));
    let components = demands.components.iter().map(|row| (&row.sent_as, &row.place));
    let marks = demands.marks.iter().map(|row| (&row.sent_as, &row.place));
    let beside = demands.beside.iter().map(|row| (&row.sent_as, &row.place));
    for (name, place) in components.chain(marks).chain(beside).filter(|(name, _)| !name.is_empty())
    {
        if !message.components.contains(name.as_str()) {
            refuse(place, format!("a message has no component `{name}`"));
        }
    }
    let header = demands.components.iter().find(|component| component.role == Role::Header);
    let parameters = header.map_or_else(HashSet::new, |row| message.parameters(&row.sent_as));
    for row in &demands.formats {
        match (parameters.contains(row.takes.as_str()), row.is_known) {
            (false, true) => {
                let what =
                    format!("the header of a message takes no `{}`; say `known: false`", row.takes);
                refuse(&row.place, what);
            }
            (true, false) => {
                refuse(&row.place, format!("the header of a message takes `{}`", row.takes));
            }
            _ => {}
        }
    }
    for row in demands.buttons.iter().filter(|row| !row.sent_as.is_empty()) {
        let Some(button) = message.button(&row.sent_as) else {
            refuse(&row.place, format!("a message has no button `{}`", row.sent_as));
            continue;
        };
        let useful = row.useful_with.as_ref().map(|(way, ..)| way);
        if let Some(way) = useful.filter(|way| !message.has(button, way)) {
            refuse(&row.place, format!("such a button has no `{}`", way.join(".")));
        }
    }
    for row in &demands.beside {
        if message.button(&row.button).is_none() {
            refuse(&row.place, format!("a message has no button `{}`", row.button));
        }
    }
    let statuses = demands.statuses.iter().map(|row| (row.code, &row.place));
    let refused = templates.sandbox.refused.iter().map(|row| (row.code, &row.place));
    for (code, place) in statuses.chain(refused) {
        if let Some(code) = code.filter(|code| !is_known(&messages.codes, *code)) {
            refuse(place, format!("`x-error-codes` has no code {code}"));
        }
    }
    errors.extend(addressed(demands, messages).err());
    if errors.is_empty() { Ok(()) } else { Err(Error::several(errors)) }
}

fn is_known(codes: &ErrorCodes, code: i64) -> bool {
    let mut ranges = codes.codes.iter().flat_map(|known| &known.codes);
    ranges.any(|range| (range.first..=range.last).contains(&code))
}

/// The members that tell to whom a message goes.
fn addressed(demands: &Demands, messages: &Description) -> Result<()> {
    let named = &demands.sent;
    let lost = |name: &str| Error::at(&named.place, format!("a message has no `{name}` there"));
    let field = |name: &str| {
        let root = messages.object(&named.of).ok_or_else(|| lost(&named.of))?;
        messages.field(root, name).ok_or_else(|| lost(name))
    };
    let (member, value) = &demands.no_codes_to;
    let words = match &field(member)?.value {
        Type::Text(text) => text.values.as_ref().and_then(|name| messages.values(name)),
        _ => None,
    };
    if !words.is_some_and(|words| words.values.contains(value)) {
        return Err(lost(value));
    }
    field(&demands.codes_need.0)?;
    field(&demands.codes_need.1).map(|_| ())
}

/// What a message can fill a template with.
struct Message<'d> {
    messages: &'d Description,
    named: &'d Named,
    arms: Vec<&'d Arm>,
    components: HashSet<&'d str>,
    buttons: Vec<&'d Arm>,
}

impl<'d> Message<'d> {
    /// Follows the names of `sent`, each of which has to lead somewhere.
    fn find(named: &'d Named, messages: &'d Description) -> Result<Self> {
        let lost = |name: &str| Error::at(&named.place, format!("a message has no `{name}` there"));
        let root = messages.object(&named.of).ok_or_else(|| lost(&named.of))?;
        let walk = |from: &'d Object, keyword: &str| {
            named.way(keyword).into_iter().try_fold(Held::Object(from), |held, step| {
                let Held::Object(object) = held else { return Err(lost(step)) };
                let field = messages.field(object, step).ok_or_else(|| lost(step))?;
                Ok(Held::of(messages, &field.value))
            })
        };
        let Held::Object(template) = walk(root, "way")? else { return Err(lost(named.get("way"))) };
        walk(template, "name")?;
        walk(template, "language")?;
        let Held::Items(component) = walk(template, "components")? else {
            return Err(lost(named.get("components")));
        };
        let arms = tagged(component, named.get("tag")).ok_or_else(|| lost(named.get("tag")))?;
        let button = named.get("button");
        let arm = arms.iter().find(|arm| arm.value == button).ok_or_else(|| lost(button))?;
        let button = messages.arm_object(arm).ok_or_else(|| lost(button))?;
        let sub_type = named.get("sub-type");
        let buttons = tagged(button, sub_type).ok_or_else(|| lost(sub_type))?;
        for keyword in ["index", "parameters"] {
            walk(button, keyword)?;
        }
        let Held::Items(card) = walk(component, "cards")? else {
            return Err(lost(named.get("cards")));
        };
        walk(card, "card-index")?;
        let field = messages.field(template, named.get("components"));
        let by_name = field.into_iter().flat_map(|field| &field.by_name);
        if !by_name.clone().any(|by_name| by_name.name == named.get("buttons")) {
            return Err(lost(named.get("buttons")));
        }
        let components = arms.iter().map(|arm| arm.value.as_str()).collect();
        let found = Self { messages, named, arms, components, buttons };
        let text = named.get("text");
        let has_text = |arm: &&&Arm| found.parameters(&arm.value).contains(text);
        let is_named = |arm: &&'d Arm| {
            let held = messages.arm_object(arm).map(|object| walk(object, "parameters"));
            matches!(held, Some(Ok(Held::Items(items)))
                if messages.field(items, named.get("parameter-name")).is_some())
        };
        match found.arms.iter().find(has_text) {
            None => Err(lost(text)),
            Some(arm) if !is_named(arm) => Err(lost(named.get("parameter-name"))),
            Some(_) => Ok(found),
        }
    }

    /// A kind of button.
    fn button(&self, name: &str) -> Option<&'d Object> {
        let arm = self.buttons.iter().find(|arm| arm.value == name);
        arm.and_then(|arm| self.messages.arm_object(arm))
    }

    /// Whether a parameter of a button has a member.
    fn has(&self, button: &'d Object, way: &[String]) -> bool {
        let parameters = self.messages.field(button, self.named.get("parameters"));
        let Some(Held::Items(first)) =
            parameters.map(|field| Held::of(self.messages, &field.value))
        else {
            return false;
        };
        let end = way.iter().try_fold(Held::Object(first), |held, step| {
            let Held::Object(object) = held else { return None };
            self.messages.field(object, step).map(|field| Held::of(self.messages, &field.value))
        });
        end.is_some()
    }

    /// The tags of the parameters of a component.
    fn parameters(&self, component: &str) -> HashSet<&'d str> {
        let arm = self.arms.iter().find(|arm| arm.value == component);
        let object = arm.and_then(|arm| self.messages.arm_object(arm));
        let field =
            object.and_then(|object| self.messages.field(object, self.named.get("parameters")));
        let Some(Held::Items(items)) = field.map(|field| Held::of(self.messages, &field.value))
        else {
            return HashSet::new();
        };
        let arms = tagged(items, self.named.get("tag")).unwrap_or_default();
        arms.into_iter().map(|arm| arm.value.as_str()).collect()
    }
}

/// What a member leads to.
enum Held<'d> {
    /// An object.
    Object(&'d Object),
    /// Objects in an array.
    Items(&'d Object),
    /// Something without members.
    Scalar,
}

impl<'d> Held<'d> {
    fn of(messages: &'d Description, value: &Type) -> Self {
        let object = |value: &Type| match value {
            Type::Object(name) => messages.object(name),
            _ => None,
        };
        match value {
            Type::List(list) => object(&list.items).map_or(Self::Scalar, Self::Items),
            other => object(other).map_or(Self::Scalar, Self::Object),
        }
    }
}

/// The arms of an object, if this is its tag.
fn tagged<'d>(object: &'d Object, tag: &str) -> Option<Vec<&'d Arm>> {
    let union = object.union.as_ref().filter(|union| union.tag == tag)?;
    Some(union.arms.iter().collect())
}
