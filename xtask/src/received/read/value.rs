//! Reads the type of a value.

use super::Reader;
use crate::{
    error::Result,
    read::keys::Keys,
    received::model::{Form, Type},
    yaml::{Node, Value},
};

impl Reader<'_> {
    pub(super) fn value(&self, keys: &mut Keys<'_>, node: &Node) -> Result<Type> {
        keys.take("description");
        let Some(kind) = keys.take("type") else {
            if let Some(forms) = keys.take("oneOf") {
                return several_forms(forms, keys.need("x-read-as")?);
            }
            return free(keys, node);
        };
        if let Value::List(_) = &kind.value {
            return scalar(&kind.texts()?, keys.need("x-read-as")?);
        }
        Ok(match kind.text()? {
            "string" => match keys.take("contentMediaType").map(Node::text).transpose()? {
                None => match keys.take("x-read-as") {
                    None => Type::Text(Form::Own),
                    // A webhook has no address that leads on.
                    Some(presence) if self.each_says_answer && presence.text()? == "presence" => {
                        Type::Presence
                    }
                    Some(other) => {
                        return Err(other.error("a text is a text, or read as its `presence`"));
                    }
                },
                Some("application/json") => Type::JsonText,
                Some(other) => {
                    return Err(node.error(format!("a text that holds `{other}` is not read")));
                }
            },
            "integer" => Type::Integer(Form::Own),
            "number" => Type::Number(Form::Own),
            "boolean" => Type::Boolean(Form::Own),
            "object" => free(keys, node)?,
            "array" => {
                let each_alone = keys.flag("x-each-alone")?;
                let items = keys.need("items")?;
                let mut inner = Keys::new(items)?;
                let value = match inner.take("$ref") {
                    Some(reference) => self.follow(reference)?,
                    None => self.value(&mut inner, items)?,
                };
                inner.finish()?;
                if each_alone && !matches!(value, Type::Object(_) | Type::Union(_)) {
                    return Err(node.error("`x-each-alone` goes with an array of objects"));
                }
                Type::List(Box::new(value), each_alone)
            }
            other => return Err(kind.error(format!("the generator knows no type `{other}`"))),
        })
    }
}

/// What comes in several forms is kept as JSON.
fn several_forms(forms: &Node, read_as: &Node) -> Result<Type> {
    for form in forms.items()? {
        Keys::new(form)?.need("type")?.text()?;
    }
    match read_as.text()? {
        "json" => Ok(Type::Raw),
        other => {
            Err(read_as.error(format!("several forms are read as `json`, and not as `{other}`")))
        }
    }
}

/// Free JSON, which says that it is.
fn free(keys: &mut Keys<'_>, node: &Node) -> Result<Type> {
    match keys.take("additionalProperties").map(Node::boolean).transpose()? {
        Some(true) => Ok(Type::Raw),
        _ => Err(node.error("free JSON needs `additionalProperties: true`")),
    }
}

/// A scalar that comes in several types. It is written as the first of them.
fn scalar(types: &[String], read_as: &Node) -> Result<Type> {
    const KNOWN: [&str; 4] = ["string", "integer", "number", "boolean"];
    let Some(first) =
        types.first().filter(|_| types.iter().all(|kind| KNOWN.contains(&kind.as_str())))
    else {
        return Err(
            read_as.error("a scalar is made of `string`, `integer`, `number` and `boolean`")
        );
    };
    let form = |own: bool| match first.as_str() {
        _ if own => Form::Own,
        "string" => Form::Text,
        _ => Form::Number,
    };
    let (name, value) = match read_as.text()? {
        "text" => ("string", Type::Text(form(first == "string"))),
        "integer" => ("integer", Type::Integer(form(first != "string"))),
        "number" => ("number", Type::Number(form(first != "string"))),
        "boolean" => ("boolean", Type::Boolean(form(first != "string"))),
        other => return Err(read_as.error(format!("nothing is read as `{other}`"))),
    };
    if types.iter().any(|kind| kind == name) {
        Ok(value)
    } else {
        Err(read_as.error(format!("`type` has no `{name}`, as which it is read")))
    }
}
