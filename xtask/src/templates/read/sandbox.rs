//! The reader of what the sandbox does with templates.

use crate::{
    error::{Result, each},
    media::time,
    read::keys::Keys,
    templates::model::sandbox::{
        Answered, Called, Change, Filter, Rate, RefusedSend, Sandbox, States,
    },
    yaml::{Node, Value},
};

/// What does not fit, as the engine tells it apart. The sandbox has an enum made of it, and says there which kind of
/// mismatch is which.
pub(crate) const WHEN: [&str; 22] = [
    "no-template",
    "no-language",
    "status",
    "header-needed",
    "header-not-taken",
    "header-kind",
    "count",
    "variables-missing",
    "variable-unknown",
    "names-needed",
    "no-names",
    "button-missing",
    "button-fixed",
    "button-kind",
    "no-button",
    "codes-differ",
    "code-too-long",
    "card-count",
    "part-needed",
    "part-not-taken",
    "too-long",
    "not-for-codes",
];
/// What there are rates for.
const ON: [&str; 2] = ["create", "edit"];
/// What states are named for: the word, and whether there is one alone.
const STATES: [(&str, bool); 6] = [
    ("loaded", true),
    ("created", true),
    ("edited", true),
    ("editable", false),
    ("category-stays", false),
    ("not-deletable", false),
];

pub(super) fn read(node: &Node) -> Result<Sandbox> {
    let mut keys = Keys::new(node)?;
    let states = states(keys.need("states")?)?;
    let most = keys.need("most")?.count()?;
    let filters = each(keys.need("filters")?.members()?.iter().map(filter))?;
    let rates = each(keys.need("rates")?.items()?.iter().map(rate))?;
    let called = keys.need("called")?.members()?.iter().map(|(of, node)| {
        let (place, of, called) = (node.place.clone(), of.clone(), node.text()?.to_owned());
        Ok(Called { place, of, name: called })
    });
    let called = each(called)?;
    let refused = keys.need("refused-sends")?.members()?.iter();
    let refused = each(refused.map(|(when, rows)| {
        if !WHEN.contains(&when.as_str()) {
            return Err(rows.error(format!("the engine does not tell `{when}` apart")));
        }
        each(rows.items()?.iter().map(|row| refused_send(when, row)))
    }))?;
    let changes = keys.need("changes")?.members()?.iter();
    let changes = each(changes.map(|(name, node)| change(name, node)))?;
    let answered = each(keys.need("answered")?.items()?.iter().map(answered))?;
    keys.finish()?;
    let refused = refused.into_iter().flatten().collect();
    Ok(Sandbox { states, most, filters, rates, called, refused, changes, answered })
}

fn states(node: &Node) -> Result<Vec<States>> {
    let mut keys = Keys::new(node)?;
    let states = each(STATES.into_iter().map(|(keyword, is_one)| {
        let node = keys.need(keyword)?;
        let names = if is_one { vec![node.text()?.to_owned()] } else { node.texts()? };
        Ok(States { place: node.place.clone(), keyword, names })
    }))?;
    keys.finish()?;
    Ok(states)
}

fn filter((name, node): &(String, Node)) -> Result<Filter> {
    let mut keys = Keys::new(node)?;
    let is = keys.take("is").map(Node::text).transpose()?;
    let parts = keys.names("part-of")?;
    keys.finish()?;
    let (is_part, ways) = match is {
        Some(way) if parts.is_empty() => (false, vec![way.to_owned()]),
        None if !parts.is_empty() => (true, parts),
        _ => return Err(node.error("a filter has either `is` or `part-of`")),
    };
    Ok(Filter { place: node.place.clone(), name: name.clone(), is_part, ways })
}

fn rate(node: &Node) -> Result<Rate> {
    let mut keys = Keys::new(node)?;
    let on = keys.need("on")?;
    if !ON.contains(&on.text()?) {
        return Err(on.error(format!("a rate is on one of {}", ON.join(", "))));
    }
    let (on, of) = (on.text()?.to_owned(), keys.names("of")?);
    let (most, within) = (keys.need("most")?.count()?, time(keys.need("within")?)?);
    let code = keys.need("code")?.integer()?;
    keys.finish()?;
    Ok(Rate { place: node.place.clone(), on, of, most, within, code })
}

fn refused_send(when: &str, node: &Node) -> Result<RefusedSend> {
    let mut keys = Keys::new(node)?;
    let (of, rule) = (keys.names("of")?, keys.count("rule")?);
    let code = keys.take("code").map(Node::integer).transpose()?;
    let details = keys.need("details")?.text()?.to_owned();
    keys.finish()?;
    if code.is_none() != (when == "status") {
        return Err(node.error("each row has a `code`, but for those of states, which have theirs"));
    }
    Ok(RefusedSend { place: node.place.clone(), when: when.to_owned(), of, rule, code, details })
}

fn change(name: &str, node: &Node) -> Result<Change> {
    let mut keys = Keys::new(node)?;
    let says = keys.need("says")?.text()?.to_owned();
    let takes = keys.take("takes").map(takes).transpose()?;
    let removes = keys.flag("removes")?;
    let sets = keys.take("sets");
    let state = sets.and_then(|sets| sets.get("status")).map(Node::text).transpose()?;
    let sets_json = sets.map_or(Ok("{}".to_owned()), json)?;
    let field = keys.need("field")?.text()?.to_owned();
    let gives = json(keys.need("gives")?)?;
    keys.finish()?;
    if removes == sets.is_some() {
        return Err(node.error("a change `sets` members, or it `removes` the template"));
    }
    if syn::parse_str::<syn::Ident>(name).is_err() {
        return Err(node.error(format!("`{name}` cannot be the name of a method")));
    }
    let (place, name, state) = (node.place.clone(), name.to_owned(), state.map(str::to_owned));
    Ok(Change { place, name, says, takes, removes, sets: sets_json, state, field, gives })
}

/// What is said with a change, and what that usually is.
fn takes(node: &Node) -> Result<(String, String)> {
    match node.members()? {
        [(name, usual)] if syn::parse_str::<syn::Ident>(name).is_ok() => {
            Ok((name.clone(), usual.text()?.to_owned()))
        }
        _ => Err(node.error("a change takes one thing, with what it usually is")),
    }
}

fn answered(node: &Node) -> Result<Answered> {
    let mut keys = Keys::new(node)?;
    let of = keys.need("of")?.text()?.to_owned();
    let (has, lacks, instead) = (keys.text("has")?, keys.text("lacks")?, keys.flag("instead")?);
    let gives = json(keys.need("gives")?)?;
    keys.finish()?;
    Ok(Answered { place: node.place.clone(), of, has, lacks, instead, gives })
}

/// The JSON of an object.
fn json(node: &Node) -> Result<String> {
    match node.value {
        Value::Map(_) => Ok(node.to_json().to_string()),
        _ => Err(node.error("expected an object")),
    }
}
