//! Rules over several members: `if`/`then` and `x-rules`.

use super::{keys::Keys, path};
use crate::{
    error::{Error, Result},
    model::{Asks, Condition, Description, Object, Rule, Step, Type},
    yaml::{Node, Value},
};

pub(crate) fn read(keys: &mut Keys<'_>) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    if let Some(all) = keys.take("allOf") {
        for entry in all.items()? {
            conditional(entry, &mut rules)?;
        }
    }
    if let Some(own) = keys.take("x-rules") {
        for entry in own.items()? {
            rules.push(own_rule(entry)?);
        }
    }
    Ok(rules)
}

/// `if` a member has a value, `then` others are there, are not there, or have a value.
fn conditional(node: &Node, rules: &mut Vec<Rule>) -> Result<()> {
    let mut keys = Keys::new(node)?;
    let when = conditions(keys.need("if")?)?;
    let number = keys.take("x-rule").map(Node::rule_number).transpose()?;
    let says = keys.need("x-says")?.text()?.to_owned();
    let mut then = Keys::new(keys.need("then")?)?;
    let mut asks = Vec::new();
    if let Some(properties) = then.take("properties") {
        for (member, schema) in properties.members()? {
            asks.push(match &schema.value {
                Value::Boolean(false) => Asks::Absent(member.clone()),
                _ => Asks::OneOf(member.clone(), one_of(schema)?),
            });
        }
    }
    if let Some(required) = then.take("required") {
        asks.extend(required.texts()?.into_iter().map(Asks::Present));
    }
    then.finish()?;
    keys.finish()?;
    for asks in asks {
        let (when, says) = (when.clone(), says.clone());
        rules.push(Rule { place: node.place.clone(), number, when, asks, says });
    }
    Ok(())
}

fn conditions(node: &Node) -> Result<Vec<Condition>> {
    let mut keys = Keys::new(node)?;
    let properties = keys.need("properties")?.members()?;
    let required = keys.need("required")?;
    let names: Vec<_> = properties.iter().map(|(name, _)| name.clone()).collect();
    if required.texts()? != names {
        return Err(required.error("`if` has to require each member that it looks at"));
    }
    keys.finish()?;
    let conditions =
        properties.iter().map(|(name, schema)| Ok(Condition::Is(name.clone(), one_of(schema)?)));
    conditions.collect()
}

/// The values of `const` or `enum`.
fn one_of(node: &Node) -> Result<Vec<String>> {
    let mut keys = Keys::new(node)?;
    let values = match (keys.take("const"), keys.take("enum")) {
        (Some(only), None) => vec![only.text()?.to_owned()],
        (None, Some(several)) => several.texts()?,
        _ => return Err(node.error("only `const` and `enum` are carried through here")),
    };
    keys.finish()?;
    Ok(values)
}

fn own_rule(node: &Node) -> Result<Rule> {
    let mut keys = Keys::new(node)?;
    let number = keys.take("rule").map(Node::rule_number).transpose()?;
    let says = keys.text("x-says")?;
    let when = match keys.take("when") {
        None => Vec::new(),
        Some(when) => {
            let mut inner = Keys::new(when)?;
            let path = path(inner.need("count")?)?;
            let above = inner.need("above")?.count()?;
            inner.finish()?;
            vec![Condition::CountAbove(path, above)]
        }
    };
    let asks = if let Some(values) = keys.take("unique") {
        Asks::Unique(path(values)?)
    } else if let Some(items) = keys.take("total") {
        Asks::Total(path(items)?, keys.need("max")?.count()?)
    } else if let Some(objects) = keys.take("each") {
        Asks::EachNeeds(path(objects)?, keys.need("needs")?.text()?.to_owned())
    } else if let Some(texts) = keys.take("text") {
        Asks::MaxLength(path(texts)?, keys.need("maxLength")?.count()?)
    } else {
        return Err(node.error("a rule asks for `unique`, `total`, `each` or `text`"));
    };
    keys.finish()?;
    Ok(Rule { place: node.place.clone(), number, when, asks, says })
}

/// Refuses a rule that names members that are not there.
pub(crate) fn validate(description: &Description, object: &Object, rule: &Rule) -> Result<()> {
    let member = |name: &String| {
        let is_tag = object.union.as_ref().is_some_and(|union| union.tag == *name);
        if is_tag || description.field(object, name).is_some() {
            Ok(())
        } else {
            Err(Error::at(&rule.place, format!("there is no member `{name}`")))
        }
    };
    for condition in &rule.when {
        match condition {
            Condition::Is(name, _) => member(name)?,
            Condition::CountAbove(path, _) => {
                follow(description, object, rule, path)?;
            }
        }
    }
    match &rule.asks {
        Asks::Unique(path) | Asks::MaxLength(path, _) => {
            match follow(description, object, rule, path)? {
                Some(Type::Text(_)) => Ok(()),
                _ => Err(Error::at(&rule.place, "the path has to lead to texts")),
            }
        }
        Asks::Total(path, _) => follow(description, object, rule, path).map(|_| ()),
        Asks::EachNeeds(path, name) => match follow(description, object, rule, path)? {
            Some(Type::Object(inner))
                if description
                    .object(&inner)
                    .is_some_and(|inner| description.field(inner, name).is_some()) =>
            {
                Ok(())
            }
            _ => Err(Error::at(&rule.place, format!("there is no member `{name}`"))),
        },
        Asks::Absent(name) | Asks::Present(name) | Asks::OneOf(name, _) => member(name),
    }
}

/// What a path leads to.
fn follow(
    description: &Description,
    object: &Object,
    rule: &Rule,
    path: &[Step],
) -> Result<Option<Type>> {
    let lost = |name: &str| Error::at(&rule.place, format!("the path is lost at `{name}`"));
    let mut current = Some(Type::Object(object.name.clone()));
    for step in path {
        current = match (step, current) {
            (Step::Member(name), Some(Type::Object(inner))) => {
                let inner =
                    if inner == object.name { Some(object) } else { description.object(&inner) };
                let field = inner.and_then(|inner| description.field(inner, name));
                Some(field.ok_or_else(|| lost(name))?.value.clone())
            }
            (Step::Each | Step::EachWith(..), Some(Type::List(list))) => Some(list.items.clone()),
            (Step::Member(name), _) => return Err(lost(name)),
            _ => return Err(lost("[]")),
        };
    }
    Ok(current)
}
