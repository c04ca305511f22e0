//! From the YAML to the model. Every keyword is understood or refused.

mod codes;
mod head;
pub(crate) mod keys;
mod kinds;
mod object;
pub(crate) mod rules;
mod union;
mod value;

use std::collections::HashMap;

use crate::{
    error::{Error, Result},
    limits,
    model::{
        ArmObject, Description, Enum, ErrorCodes, Field, Object, OpenEnum, Schema, Step, Type,
    },
    shown,
    yaml::{self, Node},
};
use keys::Keys;
pub(crate) use union::alike;

/// Reads a description.
///
/// # Errors
///
/// When it is no YAML, or says something that the generator does not carry through.
pub fn read(text: &str) -> Result<Description> {
    let document = yaml::read(text)?;
    let components = document.get("components").map(Keys::new).transpose()?;
    let Some(mut components) = components else {
        return Err(document.error("`components.schemas` is missing"));
    };
    let schemas = components.need("schemas")?;
    let codes = components.take("x-error-codes").map(codes::read).transpose()?.unwrap_or_default();
    components.take("securitySchemes");
    components.finish()?;
    let (base_url, api_version) = head::server(&document)?;
    let reader = Reader::new(schemas.members()?)?;
    let schemas = reader.all()?;
    let mut description = Description { api_version, base_url, schemas, kinds: Vec::new(), codes };
    description.kinds = kinds::kinds(&description, &head::requests(&document)?)?;
    validate(&description, &reader)?;
    kinds::refuse_lost(&description, &document)?;
    Ok(description)
}

/// Reads schemas of requests from another description, which has no kinds and no codes.
///
/// # Errors
///
/// When one of them says something that the generator does not carry through.
pub(crate) fn requests(nodes: &[(String, Node)]) -> Result<Description> {
    for (_, node) in nodes {
        if let Some(kind) = node.get("x-kind") {
            return Err(kind.error("only messages have kinds"));
        }
    }
    shown::refuse(nodes)?;
    let reader = Reader::new(nodes)?;
    let schemas = reader.all()?;
    let (api_version, base_url) = (String::new(), String::new());
    let codes = ErrorCodes::default();
    let description = Description { api_version, base_url, schemas, kinds: Vec::new(), codes };
    validate(&description, &reader)?;
    Ok(description)
}

/// The named schemas, and what is known of them before they are read.
pub(crate) struct Reader<'n> {
    nodes: &'n [(String, Node)],
    /// The tags that the unions around a schema carry for it.
    carried: HashMap<String, Vec<String>>,
}

impl<'n> Reader<'n> {
    fn new(nodes: &'n [(String, Node)]) -> Result<Self> {
        let mut reader = Self { nodes, carried: HashMap::new() };
        let mut rust_names = HashMap::new();
        for (name, node) in nodes {
            let rust = heck::ToUpperCamelCase::to_upper_camel_case(name.as_str());
            if rust != *name {
                return Err(node.error(format!("the name of a schema is a type name: `{rust}`")));
            }
            if rust_names.insert(rust, name).is_some() {
                return Err(node.error(format!("two schemas are called `{name}`")));
            }
        }
        union::carry(&mut reader)?;
        Ok(reader)
    }

    pub(crate) fn node(&self, name: &str) -> Option<&'n Node> {
        self.nodes.iter().find(|(known, _)| known == name).map(|(_, node)| node)
    }

    /// The schema that a `$ref` leads to.
    pub(crate) fn follow(&self, reference: &Node) -> Result<(&'n str, &'n Node)> {
        let name = reference.reference()?;
        let known = self.nodes.iter().find(|(known, _)| known == name);
        let (name, node) =
            known.ok_or_else(|| reference.error(format!("there is no schema `{name}`")))?;
        Ok((name, node))
    }

    pub(crate) fn carried(&self, name: &str) -> &[String] {
        self.carried.get(name).map_or(&[], Vec::as_slice)
    }

    fn all(&self) -> Result<Vec<Schema>> {
        let mut schemas = Vec::new();
        let mut errors = Vec::new();
        for (name, node) in self.nodes {
            let mut constants = Vec::new();
            match self.named(name, node, &mut constants) {
                Ok(schema) => schemas.push(schema),
                Err(error) => errors.push(error),
            }
            for constant in constants {
                let taken = self.node(&constant.name).is_some()
                    || schemas.iter().any(|schema| matches!(schema, Schema::Enum(known) if known.name == constant.name));
                if taken {
                    let message = format!(
                        "the type of its constant would be called `{}`, which is taken",
                        constant.name
                    );
                    return Err(node.error(message));
                }
                schemas.push(Schema::Enum(constant));
            }
        }
        if errors.is_empty() { Ok(schemas) } else { Err(Error::several(errors)) }
    }

    fn named(&self, name: &str, node: &Node, constants: &mut Vec<Enum>) -> Result<Schema> {
        if node.get("x-open-enum").is_some() {
            return open_enum(name, node).map(Schema::OpenEnum);
        }
        if node.get("enum").is_some() {
            return closed_enum(name, node).map(Schema::Enum);
        }
        if let Some(kind) = node.get("type")
            && kind.text()? != "object"
        {
            // Read to refuse what it does not carry; the members that refer to it read it again.
            value::named_text(node)?;
            return Ok(Schema::Text(name.to_owned()));
        }
        self.object(name, node, constants).map(|object| Schema::Object(Box::new(object)))
    }
}

fn closed_enum(name: &str, node: &Node) -> Result<Enum> {
    let mut keys = Keys::new(node)?;
    keys.expect_type("string")?;
    let values = keys.need("enum")?.texts()?;
    let description = keys.need("description")?.text()?.to_owned();
    let aliases = keys.take("x-lenient").map(aliases).transpose()?.unwrap_or_default();
    keys.finish()?;
    if values.is_empty() {
        return Err(node.error("an `enum` needs at least one value"));
    }
    if let Some((alias, value)) = aliases.iter().find(|(_, value)| !values.contains(value)) {
        return Err(node.error(format!("`{alias}` cannot stand for `{value}`")));
    }
    let spellings: Vec<_> = aliases.iter().map(|(alias, _)| alias).chain(&values).collect();
    if let Some((one, other)) = union::alike(&spellings) {
        return Err(node.error(format!(
            "`{one}` and `{other}` cannot be told apart, because values are read in any case"
        )));
    }
    Ok(Enum { name: name.to_owned(), description, values, aliases })
}

/// Other spellings of values, each with the value.
pub(crate) fn aliases(node: &Node) -> Result<Vec<(String, String)>> {
    let aliases = node.members()?.iter();
    aliases.map(|(alias, value)| Ok((alias.clone(), value.text()?.to_owned()))).collect()
}

fn open_enum(name: &str, node: &Node) -> Result<OpenEnum> {
    let mut keys = Keys::new(node)?;
    keys.expect_type("string")?;
    let description = keys.need("description")?.text()?.to_owned();
    let values = keys.need("x-open-enum")?.members()?;
    let values =
        values.iter().map(|(value, meaning)| Ok((value.clone(), meaning.text()?.to_owned())));
    let values = values.collect::<Result<_>>()?;
    keys.finish()?;
    Ok(OpenEnum { name: name.to_owned(), description, values })
}

/// What can only be said once everything is read.
fn validate(description: &Description, reader: &Reader<'_>) -> Result<()> {
    let checked = description.objects().map(|object| validate_object(description, reader, object));
    let errors: Vec<_> = checked.filter_map(Result::err).collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::several(errors)) }
}

fn validate_object(description: &Description, reader: &Reader<'_>, object: &Object) -> Result<()> {
    for arm in object.union.iter().flat_map(|union| &union.arms) {
        if let ArmObject::Inline(inner) = &arm.object {
            validate_object(description, reader, inner)?;
        }
    }
    for field in &object.fields {
        if !object.answer && has_open_value(&field.value) {
            let message = "what a request holds needs a `type`, and no `x-open-enum`";
            return Err(Error::at(&field.place, message));
        }
        validate_field(description, reader, field)?;
        limits::check(description, field)?;
    }
    if let Some(refused) = object.refused.iter().find(|refused| has(object, &refused.name)) {
        let message = format!("`{}` is refused and a member at once", refused.name);
        return Err(Error::at(&object.place, message));
    }
    let known = |name: &&String| {
        has(object, name) || object.refused.iter().any(|refused| refused.name == **name)
    };
    if let Some(ignored) = object.ignored.iter().find(known) {
        let message = format!("`{ignored}` is ignored, and a member or refused at once");
        return Err(Error::at(&object.place, message));
    }
    let has = |name: &String| description.field(object, name).is_some();
    let groups = object.exactly_one.iter().chain(&object.at_least_one).flatten();
    let instead = object.refused.iter().flat_map(|refused| &refused.instead);
    if let Some(name) = groups.chain(&object.natural).chain(instead).find(|name| !has(name)) {
        return Err(Error::at(&object.place, format!("there is no member `{name}`")));
    }
    for rule in &object.rules {
        rules::validate(description, object, rule, false)?;
    }
    for rule in &object.advice {
        rules::validate(description, object, rule, true)?;
    }
    Ok(())
}

fn has(object: &Object, name: &str) -> bool {
    object.fields.iter().any(|field| field.name == name)
}

/// Whether a value may be more than the rules can judge.
fn has_open_value(value: &Type) -> bool {
    match value {
        Type::Any | Type::OpenEnum(_) => true,
        Type::List(list) => has_open_value(&list.items),
        _ => false,
    }
}

fn validate_field(description: &Description, reader: &Reader<'_>, field: &Field) -> Result<()> {
    let error = |message: String| Err(Error::at(&field.place, message));
    match &field.value {
        Type::Object(name) if !reader.carried(name).is_empty() => error(format!(
            "`{name}` is an arm of a union, which carries its tag; refer to the union"
        )),
        value if field.lifted => {
            if matches!(value, Type::Object(_)) {
                Ok(())
            } else {
                error("only an object can be lifted".to_owned())
            }
        }
        Type::List(list) => {
            let items = match &list.items {
                Type::Object(name) => description.object(name),
                _ => None,
            };
            if let Type::Object(name) = &list.items
                && !reader.carried(name).is_empty()
            {
                return error(format!(
                    "`{name}` is an arm of a union, which carries its tag; refer to the union"
                ));
            }
            for by_name in &field.by_name {
                let union = items.and_then(|object| object.union.as_ref());
                let arm = union
                    .and_then(|union| union.arms.iter().find(|arm| arm.value == by_name.value));
                let Some(arm) = arm.and_then(|arm| description.arm_object(arm)) else {
                    return error(format!("there is no item of the type `{}`", by_name.value));
                };
                let Some(holds) = &by_name.holds else { continue };
                let Some(held) = description.field(arm, holds) else {
                    return error(format!("such an item has no member `{holds}`"));
                };
                if let Some(key) = &by_name.keyed_by
                    && !takes_key(description, &held.value, key)
                {
                    return error(format!("nothing in `{holds}` has a member `{key}`"));
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Whether the items of an array can have a member.
fn takes_key(description: &Description, value: &Type, key: &str) -> bool {
    let Type::List(list) = value else { return false };
    let Type::Object(name) = &list.items else { return false };
    description.object(name).is_some_and(|items| description.field(items, key).is_some())
}

/// The members that a path of steps names.
pub(crate) fn path(node: &Node) -> Result<Vec<Step>> {
    let text = node.text()?;
    let bad = || node.error(format!("`{text}` is no path such as `sections[].rows[].id`"));
    let mut steps = Vec::new();
    for part in text.split('.') {
        let (name, brackets) = match part.split_once('[') {
            Some((name, rest)) => (name, Some(rest.strip_suffix(']').ok_or_else(bad)?)),
            None => (part, None),
        };
        if name.is_empty() {
            return Err(bad());
        }
        steps.push(Step::Member(name.to_owned()));
        match brackets {
            None => {}
            Some("") => steps.push(Step::Each),
            Some(filter) => {
                let (member, values) = filter.split_once('=').ok_or_else(bad)?;
                let values = values.split('|').map(str::to_owned).collect();
                steps.push(Step::EachWith(member.to_owned(), values));
            }
        }
    }
    Ok(steps)
}
