//! Rules over several members: `if`/`then`, `dependentRequired`, `x-rules` and `x-advice`.

use super::{keys::Keys, path};
use crate::{
    error::Result,
    model::{Asks, Condition, Rule, Step, Term},
    yaml::{Node, Value},
};

mod paths;
pub(crate) use paths::{has_tag, is_word, needs, validate};

pub(crate) fn read(keys: &mut Keys<'_>) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    if let Some(all) = keys.take("allOf") {
        for entry in all.items()? {
            conditional(entry, &mut rules)?;
        }
    }
    if let Some(dependent) = keys.take("dependentRequired") {
        for (member, needed) in dependent.members()? {
            for other in needed.texts()? {
                let given = Condition::CountAbove(vec![Step::Member(member.clone())], 0);
                rules.push(Rule {
                    place: needed.place.clone(),
                    number: None,
                    when: vec![given],
                    asks: Asks::Present(other),
                    says: String::new(),
                });
            }
        }
    }
    if let Some(own) = keys.take("x-rules") {
        for entry in own.items()? {
            rules.push(own_rule(entry)?);
        }
    }
    Ok(rules)
}

/// What is taken but hardly meant: rules that are never an error.
pub(crate) fn advice(keys: &mut Keys<'_>) -> Result<Vec<Rule>> {
    let Some(advice) = keys.take("x-advice") else { return Ok(Vec::new()) };
    let rules = advice.items()?.iter().map(|entry| {
        let rule = own_rule(entry)?;
        if rule.says.is_empty() { Err(entry.error("advice needs `x-says`")) } else { Ok(rule) }
    });
    rules.collect()
}

/// `if` a member has a value or a form, or is there, `then` others are there, are not there, or have a
/// value or a form.
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
                _ => match value_of(schema)? {
                    ValueOf::Set(values) => Asks::OneOf(vec![Step::Member(member.clone())], values),
                    ValueOf::Form(form) => Asks::Matches(vec![Step::Member(member.clone())], form),
                },
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

/// What JSON Schema says of a member that is not required, it says of its value alone: the condition
/// holds without the member too.
fn conditions(node: &Node) -> Result<Vec<Condition>> {
    let mut keys = Keys::new(node)?;
    let properties = keys.take("properties").map_or(Ok(&[][..]), Node::members)?;
    let required = keys.take("required").map_or(Ok(Vec::new()), Node::texts)?;
    keys.finish()?;
    let is_named = |name: &String| properties.iter().any(|(known, _)| known == name);
    let given = required
        .iter()
        .filter(|name| !is_named(name))
        .map(|name| Ok(Condition::CountAbove(vec![Step::Member(name.clone())], 0)));
    let valued =
        properties.iter().map(|(name, schema)| {
            let path = vec![Step::Member(name.clone())];
            match (value_of(schema)?, required.contains(name)) {
                (ValueOf::Set(values), true) => Ok(Condition::Is(path, values)),
                (ValueOf::Set(values), false) => Ok(Condition::IsOrAbsent(path, values)),
                (ValueOf::Form(pattern), true) => Ok(Condition::Matches(path, pattern)),
                (ValueOf::Form(_), false) => Err(node
                    .error(format!("`if` looks at the form of `{name}`, and has to require it"))),
            }
        });
    let conditions = valued.chain(given).collect::<Result<Vec<_>>>()?;
    if conditions.is_empty() { Err(node.error("a condition is missing")) } else { Ok(conditions) }
}

/// What a condition says of a value.
enum ValueOf {
    /// That it is one of these.
    Set(Vec<String>),
    /// That it matches a pattern.
    Form(String),
}

/// `const`, `enum` or `pattern`.
fn value_of(node: &Node) -> Result<ValueOf> {
    let mut keys = Keys::new(node)?;
    let found = [keys.take("const"), keys.take("enum"), keys.take("pattern")];
    keys.finish()?;
    match found {
        [Some(only), None, None] => Ok(ValueOf::Set(vec![only.text()?.to_owned()])),
        [None, Some(several), None] => Ok(ValueOf::Set(several.texts()?)),
        [None, None, Some(form)] => Ok(ValueOf::Form(super::value::pattern(form)?)),
        _ => Err(node.error("only `const`, `enum` and `pattern` are carried through here")),
    }
}

fn own_rule(node: &Node) -> Result<Rule> {
    let mut keys = Keys::new(node)?;
    let number = keys.take("rule").map(Node::rule_number).transpose()?;
    let says = keys.text("x-says")?;
    let when = match keys.take("when") {
        None => Vec::new(),
        Some(when @ Node { value: Value::List(several), .. }) => {
            if several.is_empty() {
                return Err(when.error("a condition is missing"));
            }
            several.iter().map(condition).collect::<Result<_>>()?
        }
        Some(when) => vec![condition(when)?],
    };
    let asks = asks(&mut keys, node)?;
    keys.finish()?;
    let is_worded = !says.is_empty();
    let needs_words = matches!(
        asks,
        Asks::Sum(..)
            | Asks::Matches(..)
            | Asks::MaxBytes(..)
            | Asks::Together(..)
            | Asks::SameValues(..)
            | Asks::Samples(..)
    );
    if needs_words && !is_worded {
        return Err(node.error("this rule needs `x-says`: what it asks for"));
    }
    Ok(Rule { place: node.place.clone(), number, when, asks, says })
}

/// `{count: path, above: n}`, `{given: path}`, `{absent: path}`, `{value: path, is: [..]}`, which may be
/// `or-absent`, or `{text: path, pattern: ..}`
fn condition(node: &Node) -> Result<Condition> {
    let mut keys = Keys::new(node)?;
    let condition = if let Some(items) = keys.take("count") {
        Condition::CountAbove(path(items)?, keys.need("above")?.count()?)
    } else if let Some(given) = keys.take("given") {
        Condition::CountAbove(path(given)?, 0)
    } else if let Some(absent) = keys.take("absent") {
        Condition::Absent(path(absent)?)
    } else if let Some(value) = keys.take("value") {
        let (path, values) = (path(value)?, scalars(keys.need("is")?)?);
        if keys.flag("or-absent")? {
            Condition::IsOrAbsent(path, values)
        } else {
            Condition::Is(path, values)
        }
    } else if let Some(text) = keys.take("text") {
        Condition::Matches(path(text)?, super::value::pattern(keys.need("pattern")?)?)
    } else {
        return Err(
            node.error("a condition looks at `count`, `given`, `absent`, `value` or `text`")
        );
    };
    keys.finish()?;
    Ok(condition)
}

fn asks(keys: &mut Keys<'_>, node: &Node) -> Result<Asks> {
    let owned = |node: &Node| node.text().map(str::to_owned);
    Ok(if let Some(values) = keys.take("unique") {
        Asks::Unique(path(values)?)
    } else if let Some(values) = keys.take("same") {
        Asks::Same(path(values)?)
    } else if let Some(objects) = keys.take("same-count") {
        Asks::SameCount(path(objects)?, owned(keys.need("of")?)?)
    } else if let Some(objects) = keys.take("all-or-none") {
        Asks::AllOrNone(path(objects)?, owned(keys.need("of")?)?)
    } else if let Some(numbers) = keys.take("contiguous") {
        Asks::Contiguous(path(numbers)?)
    } else if let Some(items) = keys.take("together") {
        Asks::Together(path(items)?)
    } else if let Some(objects) = keys.take("same-values") {
        Asks::SameValues(path(objects)?, path(keys.need("of")?)?)
    } else if let Some(text) = keys.take("samples") {
        Asks::Samples(path(text)?, path(keys.need("values")?)?, path(keys.need("names")?)?)
    } else if let Some(items) = keys.take("total") {
        Asks::Total(path(items)?, keys.need("max")?.count()?)
    } else if let Some(objects) = keys.take("each") {
        Asks::EachNeeds(path(objects)?, owned(keys.need("needs")?)?)
    } else if let Some(texts) = keys.take("text") {
        of_text(keys, path(texts)?, texts)?
    } else if let Some(number) = keys.take("number") {
        within(keys, path(number)?, number)?
    } else if let Some(value) = keys.take("value") {
        match (keys.take("is"), keys.take("among")) {
            (Some(is), None) => Asks::OneOf(path(value)?, scalars(is)?),
            (None, Some(among)) => Asks::Among(path(value)?, path(among)?),
            _ => return Err(value.error("a `value` needs `is` or `among`")),
        }
    } else if let Some(total) = keys.take("sum") {
        let terms = keys.need("of")?.items()?.iter().map(term).collect::<Result<_>>()?;
        Asks::Sum(path(total)?, terms)
    } else if let Some(lesser) = keys.take("less") {
        Asks::Less(path(lesser)?, path(keys.need("than")?)?)
    } else if let Some(member) = keys.take("absent") {
        Asks::Absent(owned(member)?)
    } else if let Some(member) = keys.take("present") {
        Asks::Present(owned(member)?)
    } else {
        return Err(node.error(
            "a rule asks for `unique`, `same`, `same-count`, `same-values`, `all-or-none`, \
             `contiguous`, `together`, `samples`, `total`, `each`, `text`, `number`, `value`, `sum`, `less`, `absent` or `present`",
        ));
    })
}

fn within(keys: &mut Keys<'_>, path: Vec<Step>, node: &Node) -> Result<Asks> {
    let range = ["minimum", "maximum"].map(|key| keys.take(key).map(Node::integer).transpose());
    let [min, max] = range;
    let others = keys.take("or").map_or(Ok(&[][..]), Node::items)?;
    let others = others.iter().map(Node::integer).collect::<Result<_>>()?;
    match [min?, max?] {
        [None, None] => Err(node.error("a `number` needs `minimum` or `maximum`")),
        range => Ok(Asks::Within(path, range, others)),
    }
}

fn of_text(keys: &mut Keys<'_>, path: Vec<Step>, node: &Node) -> Result<Asks> {
    let found = [keys.take("maxLength"), keys.take("maxBytes"), keys.take("pattern")];
    match found {
        [Some(max), None, None] => Ok(Asks::MaxLength(path, max.count()?)),
        [None, Some(max), None] => Ok(Asks::MaxBytes(path, max.count()?)),
        [None, None, Some(pattern)] => Ok(Asks::Matches(path, super::value::pattern(pattern)?)),
        _ => Err(node.error("a `text` needs one of `maxLength`, `maxBytes` and `pattern`")),
    }
}

/// `{add: path}` or `{subtract: path}`, over several objects and times another number.
fn term(node: &Node) -> Result<Term> {
    let mut keys = Keys::new(node)?;
    let over = keys.take("over").map_or(Ok(Vec::new()), path)?;
    let (numbers, subtract) = match (keys.take("add"), keys.take("subtract")) {
        (Some(add), None) => (add, false),
        (None, Some(subtract)) => (subtract, true),
        _ => return Err(node.error("a term needs `add` or `subtract`")),
    };
    let add = match &numbers.value {
        Value::List(several) => several.iter().map(path).collect::<Result<_>>()?,
        _ => vec![path(numbers)?],
    };
    let times = keys.take("times").map(path).transpose()?;
    keys.finish()?;
    Ok(Term { over, add, times, subtract })
}

/// Texts, whole numbers and truth values, as texts.
fn scalars(node: &Node) -> Result<Vec<String>> {
    let values = node.items()?.iter().map(|item| match &item.value {
        Value::Integer(number) => Ok(number.to_string()),
        Value::Boolean(value) => Ok(value.to_string()),
        _ => item.text().map(str::to_owned),
    });
    values.collect()
}
