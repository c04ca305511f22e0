//! The schemas of members.

use heck::ToUpperCamelCase;

use super::{
    Reader,
    keys::{Keys, required_number},
};
use crate::{
    error::Result,
    model::{ByName, Enum, Field, List, Text, Type},
    yaml::{Node, Value},
};

const TEXT_RULES: [&str; 5] = ["required", "minLength", "maxLength", "pattern", "x-format"];
const LIST_RULES: [&str; 3] = ["required", "minItems", "maxItems"];
/// Formats of JSON Schema.
const STANDARD_FORMATS: [&str; 1] = ["date"];
/// Formats of our own.
const FORMATS: [&str; 2] = ["emoji-or-empty", "no-emoji"];

impl Reader<'_> {
    pub(crate) fn field(
        &self,
        owner: &str,
        name: &str,
        node: &Node,
        required: bool,
        constants: &mut Vec<Enum>,
    ) -> Result<Field> {
        let mut keys = Keys::new(node)?;
        let mut description = keys.text("description")?;
        let lifted = keys.flag("x-lift")?;
        let position = keys.flag("x-position")?;
        let by_name = by_name(&mut keys)?;
        let mut synonyms = keys.names("x-synonyms")?;
        let addressee = keys.names("x-addressee")?;
        keys.leave_to_shown();
        let mut numbers;
        let value = if let Some(reference) = keys.take("$ref") {
            let (target, schema) = self.follow(reference)?;
            numbers = keys.rule_numbers(&TEXT_RULES)?;
            decided(node, &numbers, schema)?;
            if description.is_empty() {
                description = Keys::new(schema)?.text("description")?;
            }
            synonyms.extend(Keys::new(schema)?.names("x-synonyms")?);
            keys.finish()?;
            Self::referred(target, schema, &mut numbers)?
        } else {
            let constant = format!("{owner}{}", name.to_upper_camel_case());
            let (value, found) = self.value(&mut keys, node, &constant, &description, constants)?;
            keys.finish()?;
            numbers = found;
            value
        };
        if description.is_empty() {
            return Err(node.error("every member needs a `description`"));
        }
        if position && !matches!(value, Type::Text(_) | Type::Integer { .. }) {
            return Err(node.error("`x-position` goes with a text or a whole number"));
        }
        if !required && let Some(unused) = node.at("/x-rule/required") {
            let message = format!("`x-rule` numbers `required`, and `{name}` is optional");
            return Err(unused.key_error(message, "decides nothing", None));
        }
        if !addressee.is_empty() && !matches!(&value, Type::Text(text) if text.values.is_none()) {
            return Err(node.error("`x-addressee` goes with a text"));
        }
        let number = required_number(&mut numbers);
        Ok(Field {
            place: node.place.clone(),
            name: name.to_owned(),
            description,
            value: with_numbers(value, numbers),
            required,
            lifted,
            position,
            by_name,
            synonyms,
            addressee,
            number,
        })
    }

    fn referred(name: &str, schema: &Node, numbers: &mut Vec<(String, u16)>) -> Result<Type> {
        if schema.get("x-open-enum").is_some() {
            return Ok(Type::OpenEnum(name.to_owned()));
        }
        if schema.get("enum").is_some() {
            let values = Some(name.to_owned());
            return Ok(Type::Text(Box::new(Text { values, ..Text::default() })));
        }
        if schema.get("type").is_none_or(|kind| kind.text().is_ok_and(|kind| kind == "object")) {
            return Ok(Type::Object(name.to_owned()));
        }
        let text = named_text(schema)?;
        numbers.extend(text.numbers.iter().cloned());
        Ok(Type::Text(Box::new(text)))
    }

    fn value(
        &self,
        keys: &mut Keys<'_>,
        node: &Node,
        constant: &str,
        description: &str,
        constants: &mut Vec<Enum>,
    ) -> Result<(Type, Vec<(String, u16)>)> {
        let Some(kind) = keys.take("type") else {
            keys.take("additionalProperties");
            return Ok((Type::Any, Vec::new()));
        };
        Ok(match kind.text()? {
            "string" => {
                let mut text = text(keys, node)?;
                if let Some(only) = keys.take("const") {
                    let values = vec![only.text()?.to_owned()];
                    let (name, description) = (constant.to_owned(), description.to_owned());
                    text.values = Some(name.clone());
                    constants.push(Enum { name, description, values, aliases: Vec::new() });
                }
                if let Some(values) = keys.take("enum") {
                    return Err(values.error("give the set of values a schema of its own"));
                }
                let numbers = std::mem::take(&mut text.numbers);
                (Type::Text(Box::new(text)), numbers)
            }
            "integer" => {
                let min = keys.take("minimum").map(Node::integer).transpose()?;
                let max = keys.take("maximum").map(Node::integer).transpose()?;
                let constant = keys.take("const").map(Node::integer).transpose()?;
                let numbers = keys.rule_numbers(&["required"])?;
                if min.zip(max).is_some_and(|(min, max)| max < min) {
                    return Err(node.error("`maximum` is less than `minimum`"));
                }
                (Type::Integer { min, max, constant, numbers: Vec::new() }, numbers)
            }
            "number" => {
                let min = keys.take("minimum").map(Node::number).transpose()?;
                let max = keys.take("maximum").map(Node::number).transpose()?;
                let numbers = keys.rule_numbers(&["required"])?;
                (Type::Number { min, max, numbers: Vec::new() }, numbers)
            }
            "boolean" => (Type::Boolean, keys.rule_numbers(&["required"])?),
            "object" => {
                let texts = free_members(keys.need("additionalProperties")?, node)?;
                let min = keys.count("minProperties")?.unwrap_or_default();
                let max = keys.count("maxProperties")?;
                let numbers = keys.rule_numbers(&["required"])?;
                (Type::Json { min, max, texts, numbers: Vec::new() }, numbers)
            }
            "array" => {
                let (list, numbers) = self.list(keys, constant, constants)?;
                (Type::List(Box::new(list)), numbers)
            }
            other => return Err(kind.error(format!("the generator knows no type `{other}`"))),
        })
    }

    fn list(
        &self,
        keys: &mut Keys<'_>,
        constant: &str,
        constants: &mut Vec<Enum>,
    ) -> Result<(List, Vec<(String, u16)>)> {
        let items = keys.need("items")?;
        let items = if let Some(reference) = items.get("$ref") {
            let mut inner = Keys::new(items)?;
            inner.take("$ref");
            inner.finish()?;
            let (target, schema) = self.follow(reference)?;
            let mut numbers = Vec::new();
            let value = Self::referred(target, schema, &mut numbers)?;
            with_numbers(value, numbers)
        } else {
            let mut inner = Keys::new(items)?;
            let description = inner.text("description")?;
            let (value, numbers) =
                self.value(&mut inner, items, constant, &description, constants)?;
            inner.finish()?;
            if let Some(unused) = items.at("/x-rule/required") {
                let message = "`x-rule` numbers `required`, and an item is never left out";
                return Err(unused.key_error(message, "decides nothing", None));
            }
            with_numbers(value, numbers)
        };
        let min = keys.count("minItems")?.unwrap_or_default();
        let max = keys.count("maxItems")?;
        let mut at_most = Vec::new();
        if let Some(all) = keys.take("allOf") {
            for limit in all.items()? {
                at_most.push(contains(limit)?);
            }
        }
        let numbers = keys.rule_numbers(&LIST_RULES)?;
        Ok((List { items, min, max, at_most, numbers: Vec::new() }, numbers))
    }
}

/// What free members may be: anything, or texts of at most so many characters.
fn free_members(open: &Node, node: &Node) -> Result<Option<usize>> {
    if let Value::Boolean(open) = open.value {
        return if open {
            Ok(None)
        } else {
            Err(node.error("give an object with known members a schema of its own"))
        };
    }
    let mut keys = Keys::new(open)?;
    keys.expect_type("string")?;
    let max = keys.need("maxLength")?.count()?;
    keys.finish()?;
    Ok(Some(max))
}

/// `contains` with `maxContains`, of items with one member of one value.
fn contains(node: &Node) -> Result<(String, String, usize, Option<u16>)> {
    let mut keys = Keys::new(node)?;
    let schema = keys.need("contains")?;
    let shape = || {
        schema.error(
            "`contains` is carried through as `{properties: {m: {const: v}}, required: [m]}`",
        )
    };
    let mut inner = Keys::new(schema)?;
    let [(member, value)] = inner.need("properties")?.members()? else {
        return Err(shape());
    };
    if inner.need("required")?.texts()? != [member.clone()] {
        return Err(shape());
    }
    inner.finish()?;
    let [(keyword, value)] = value.members()? else {
        return Err(shape());
    };
    if keyword != "const" {
        return Err(shape());
    }
    if keys.count("minContains")? != Some(0) {
        return Err(node.error("`contains` has to stand with `minContains: 0`"));
    }
    let max = keys.need("maxContains")?.count()?;
    let number = keys.take("x-rule").map(Node::rule_number).transpose()?;
    keys.finish()?;
    Ok((member.clone(), value.text()?.to_owned(), max, number))
}

/// A string that several members share.
pub(crate) fn named_text(node: &Node) -> Result<Text> {
    let mut keys = Keys::new(node)?;
    keys.expect_type("string")?;
    keys.need("description")?;
    // Every member that refers to it takes them.
    keys.names("x-synonyms")?;
    keys.leave_to_shown();
    let text = text(&mut keys, node)?;
    keys.finish()?;
    Ok(text)
}

fn text(keys: &mut Keys<'_>, node: &Node) -> Result<Text> {
    let min = keys.count("minLength")?.unwrap_or_default();
    let max = keys.count("maxLength")?;
    if max.is_some_and(|max| max < min) {
        return Err(node.error("`maxLength` is less than `minLength`"));
    }
    let pattern = keys.take("pattern").map(pattern).transpose()?;
    let format = match (keys.take("format"), keys.take("x-format")) {
        (Some(_), Some(own)) => return Err(own.error("give `format` or `x-format`, not both")),
        (Some(standard), None) => Some((standard, &STANDARD_FORMATS[..])),
        (None, Some(own)) => Some((own, &FORMATS[..])),
        (None, None) => None,
    };
    if let Some((format, known)) = format
        && !known.contains(&format.text()?)
    {
        return Err(format.error(format!("the formats are {}", known.join(", "))));
    }
    let format = format.map(|(format, _)| format);
    let format = format.map(Node::text).transpose()?.map(str::to_owned);
    let says = keys.text("x-says")?;
    if (pattern.is_some() || format.is_some()) && says.is_empty() {
        return Err(node.error("a pattern or format needs `x-says`: what the text must do"));
    }
    if pattern.is_none() && format.is_none() && !says.is_empty() {
        return Err(node.error("`x-says` goes with a pattern or a format"));
    }
    let lenient_integer = match keys.take("x-lenient") {
        None => false,
        Some(lenient) if lenient.text()? == "integer" => true,
        Some(lenient) => return Err(lenient.error("`x-lenient` takes `integer` here")),
    };
    let numbers = keys.rule_numbers(&TEXT_RULES)?;
    Ok(Text { min, max, pattern, format, values: None, says, lenient_integer, numbers })
}

pub(crate) fn pattern(node: &Node) -> Result<String> {
    let pattern = node.text()?;
    match crate::emit::patterns::problem(pattern) {
        None => Ok(pattern.to_owned()),
        Some(problem) => {
            Err(node.error(format!("the pattern cannot be carried through: {problem}")))
        }
    }
}

/// Refuses a number of a rule for a keyword that the schema behind a `$ref` does not have.
fn decided(node: &Node, numbers: &[(String, u16)], schema: &Node) -> Result<()> {
    let decides = |keyword: &str| match keyword {
        "required" | "any" => true,
        "x-format" => schema.get("x-format").or(schema.get("format")).is_some(),
        keyword => schema.get(keyword).is_some(),
    };
    let unused = numbers.iter().find(|(keyword, _)| !decides(keyword));
    match unused.and_then(|(keyword, _)| Some((keyword, node.get("x-rule")?.get(keyword)?))) {
        None => Ok(()),
        Some((keyword, number)) => {
            let message = format!("`x-rule` numbers `{keyword}`, which `$ref` does not lead to");
            Err(number.key_error(message, "decides nothing", None))
        }
    }
}

fn with_numbers(value: Type, found: Vec<(String, u16)>) -> Type {
    match value {
        Type::Text(text) => Type::Text(Box::new(Text { numbers: found, ..*text })),
        Type::List(list) => Type::List(Box::new(List { numbers: found, ..*list })),
        Type::Integer { min, max, constant, .. } => {
            Type::Integer { min, max, constant, numbers: found }
        }
        Type::Number { min, max, .. } => Type::Number { min, max, numbers: found },
        Type::Json { min, max, texts, .. } => Type::Json { min, max, texts, numbers: found },
        other => other,
    }
}

fn by_name(keys: &mut Keys<'_>) -> Result<Vec<ByName>> {
    let Some(node) = keys.take("x-by-name") else {
        return Ok(Vec::new());
    };
    let names = node.members()?.iter().map(|(name, node)| {
        let mut keys = Keys::new(node)?;
        let value = keys.need("type")?.text()?.to_owned();
        let holds = keys.take("holds").map(Node::text).transpose()?.map(str::to_owned);
        let keyed_by = keys.take("keyed-by").map(Node::text).transpose()?.map(str::to_owned);
        let each = keys.flag("each")?;
        let synonyms = keys.names("x-synonyms")?;
        keys.finish()?;
        if each == holds.is_some() {
            return Err(node.error("give `holds` for one item, or `each: true` for several"));
        }
        if each && keyed_by.is_some() {
            return Err(node.error("`keyed-by` goes with `holds`"));
        }
        Ok(ByName { name: name.clone(), value, holds, keyed_by, synonyms })
    });
    names.collect()
}

/// The value of a `const` of a property.
pub(crate) fn constant(node: &Node) -> Option<&str> {
    match node.get("const").map(|node| &node.value) {
        Some(Value::Text(value)) => Some(value),
        _ => None,
    }
}
