//! From a description to its face.

use super::{Entry, Face, Fact, Facts};
use crate::{
    error::Result,
    lower::Shape,
    model::{ArmObject, CodeRange, Description, ErrorCodes, Object},
    yaml::{Node, Value},
};

/// Words for people, which change nothing.
const PROSE: [&str; 12] = [
    "description",
    "$comment",
    "default",
    "examples",
    "x-label",
    "x-synonyms",
    "x-addressee",
    "x-shown",
    "x-says",
    "says",
    "because",
    "instead",
];
/// Keywords of objects that are written down in another way.
const STRUCTURE: [&str; 12] = [
    "type",
    "properties",
    "required",
    "oneOf",
    "anyOf",
    "allOf",
    "additionalProperties",
    "unevaluatedProperties",
    "x-answer",
    "x-kind",
    "x-refused",
    "x-rules",
];

impl Face {
    /// The face of a description, which was read from a document.
    ///
    /// # Errors
    ///
    /// When the two do not belong together.
    pub fn of(description: &Description, document: &Node) -> Result<Self> {
        let text = |text: &str| Fact::Text(text.to_owned());
        let api = vec![
            ("url".to_owned(), text(&description.base_url)),
            ("version".to_owned(), text(&description.api_version)),
        ];
        let kinds = description.kinds.iter().map(|kind| {
            let way = std::iter::once(&kind.root).chain(&kind.tags).map(String::as_str);
            (kind.name.clone(), Fact::texts(way))
        });
        let kinds = kinds.collect();
        let reader = Reader { document };
        let mut schemas = Vec::new();
        for (name, node) in reader.schemas()? {
            match description.object(name) {
                Some(object) => schemas.push(reader.object(name, object, node)?),
                // What several members share is written down at each of them.
                None if is_shared_text(node) => {}
                None => schemas.push(Entry {
                    name: name.clone(),
                    facts: set_of_values(node)?,
                    ..Entry::default()
                }),
            }
        }
        let codes = codes(&description.codes);
        Ok(Self { api, kinds, codes, schemas, webhooks: None, media: None, templates: None })
    }
}

/// The codes of errors, without their words. The classes are listed, because they are an enum too.
fn codes(codes: &ErrorCodes) -> Facts {
    let text = |text: String| Fact::Text(text);
    let classes = codes.classes.iter().map(|class| class.name.as_str());
    let mut facts = vec![("classes".to_owned(), Fact::texts(classes))];
    for code in &codes.codes {
        let ranges: Vec<_> = code.codes.iter().map(CodeRange::to_string).collect();
        let mut said = vec![
            ("advice".to_owned(), text(format!("{:?}", code.advice))),
            ("class".to_owned(), text(code.class.clone())),
            ("code".to_owned(), Fact::texts(ranges.iter().map(String::as_str))),
        ];
        said.extend(
            code.throttles.map(|scope| ("throttles".to_owned(), text(format!("{scope:?}")))),
        );
        facts.push((code.name.clone(), Fact::map(said)));
    }
    facts
}

fn is_shared_text(node: &Node) -> bool {
    node.get("enum").is_none() && node.get("x-open-enum").is_none()
}

/// The keywords of a set of values. Those of an open one are keys, with their meanings.
fn set_of_values(node: &Node) -> Result<Facts> {
    let mut facts = Facts::new();
    for (keyword, value) in node.members()?.iter().filter(|(keyword, _)| !is_prose(keyword)) {
        let fact = match &value.value {
            Value::Map(members) if keyword == "x-open-enum" => {
                Fact::texts(members.iter().map(|(value, _)| value.as_str()))
            }
            _ => Fact::of(value),
        };
        if keyword != "type" {
            facts.push((keyword.clone(), fact));
        }
    }
    Ok(facts)
}

struct Reader<'n> {
    document: &'n Node,
}

impl Reader<'_> {
    fn schemas(&self) -> Result<&[(String, Node)]> {
        self.document.at("/components/schemas").map_or(Ok(&[]), Node::members)
    }

    fn object(&self, name: &str, object: &Object, node: &Node) -> Result<Entry> {
        let shape = match object.shape() {
            Shape::Struct => "struct",
            Shape::OneArm { .. } => "struct of one arm",
            Shape::Enum(_) => "enum",
            Shape::Composed(..) => "struct with an enum",
        };
        let mut facts = vec![("shape".to_owned(), Fact::Text(shape.to_owned()))];
        if object.answer {
            facts.push(("answer".to_owned(), Fact::Boolean(true)));
        }
        let mut entry = Entry { name: name.to_owned(), facts, ..self.members(object, node)? };
        let Some(union) = &object.union else {
            return Ok(entry.with(own_facts(object, node)?));
        };
        entry.facts.push(("tag".to_owned(), Fact::Text(union.tag.clone())));
        if let Some(default) = union.default.and_then(|default| union.arms.get(default)) {
            entry.facts.push(("without-tag".to_owned(), Fact::Text(default.value.clone())));
        }
        let nodes = node.get("oneOf").map_or(Ok(&[][..]), Node::items)?;
        for (arm, node) in union.arms.iter().zip(nodes) {
            let name = arm.value.clone();
            entry.arms.push(match &arm.object {
                ArmObject::Named(target) => {
                    let facts = vec![("type".to_owned(), Fact::Text(target.clone()))];
                    Entry { name, facts, ..Entry::default() }
                }
                ArmObject::Inline(inner) => {
                    let members = self.members(inner, node)?;
                    Entry { name, ..members }.with(own_facts(inner, node)?)
                }
            });
        }
        Ok(entry.with(own_facts(object, node)?))
    }

    fn members(&self, object: &Object, node: &Node) -> Result<Entry> {
        let mut entry = Entry::default();
        for field in &object.fields {
            let pointer = format!("/properties/{}", field.name);
            let Some(node) = node.at(&pointer) else {
                continue;
            };
            let mut facts = Facts::new();
            if field.required {
                facts.push(("required".to_owned(), Fact::Boolean(true)));
            }
            facts.extend(self.value(node)?);
            entry.members.push(Entry { name: field.name.clone(), facts, ..Entry::default() });
        }
        Ok(entry)
    }

    /// The keywords of a member or an item: its type first, the others sorted.
    fn value(&self, node: &Node) -> Result<Facts> {
        let mut facts = Facts::new();
        let mut kind = None;
        self.keywords(node, &mut kind, &mut facts)?;
        facts.sort_by(|(left, _), (right, _)| left.cmp(right));
        facts.insert(0, ("type".to_owned(), kind.unwrap_or_else(|| Fact::Text("any".to_owned()))));
        Ok(facts)
    }

    fn keywords(&self, node: &Node, kind: &mut Option<Fact>, facts: &mut Facts) -> Result<()> {
        for (keyword, value) in node.members()?.iter().filter(|(keyword, _)| !is_prose(keyword)) {
            match keyword.as_str() {
                "type" if value.text()? == "array" => {}
                "type" => *kind = Some(Fact::of(value)),
                "$ref" => {
                    let name = value.reference()?;
                    let target = self.document.at(&format!("/components/schemas/{name}"));
                    match target.filter(|target| is_text(target) && is_shared_text(target)) {
                        Some(target) => self.keywords(target, kind, facts)?,
                        None => *kind = Some(Fact::Text(name.to_owned())),
                    }
                }
                "items" => {
                    let mut items = self.value(value)?;
                    *kind = Some(Fact::List(vec![items.remove(0).1]));
                    if !items.is_empty() {
                        facts.push(("items".to_owned(), Fact::map(items)));
                    }
                }
                // An object of free members.
                "additionalProperties" => {}
                "x-rule" => add_numbers(facts, value),
                "allOf" => facts.push((keyword.clone(), rules(value)?)),
                // The order of the names is that of the items.
                "x-by-name" => {
                    let names = value.members()?.iter();
                    let names =
                        names.map(|(name, value)| Fact::map(vec![(name.clone(), Fact::of(value))]));
                    facts.push((keyword.clone(), Fact::List(names.collect())));
                }
                // Nothing is asked for by these.
                "minLength" | "minItems" | "minProperties" if value.count()? == 0 => {}
                _ => facts.push((keyword.clone(), Fact::of(value))),
            }
        }
        Ok(())
    }
}

impl Entry {
    fn with(mut self, facts: Facts) -> Self {
        self.facts.extend(facts);
        self
    }
}

fn is_prose(keyword: &str) -> bool {
    PROSE.contains(&keyword)
}

fn is_text(node: &Node) -> bool {
    matches!(node.get("type").map(|kind| &kind.value), Some(Value::Text(kind)) if kind == "string")
}

/// The keywords of an object, but for its members.
fn own_facts(object: &Object, node: &Node) -> Result<Facts> {
    let mut facts = Facts::new();
    let groups = |groups: &[Vec<String>]| {
        Fact::List(
            groups.iter().map(|group| Fact::texts(group.iter().map(String::as_str))).collect(),
        )
    };
    if !object.exactly_one.is_empty() {
        facts.push(("exactly-one".to_owned(), groups(&object.exactly_one)));
    }
    if !object.at_least_one.is_empty() {
        facts.push(("at-least-one".to_owned(), groups(&object.at_least_one)));
    }
    let mut asked = Vec::new();
    for (keyword, value) in node.members()?.iter().filter(|(keyword, _)| !is_prose(keyword)) {
        match keyword.as_str() {
            "x-rule" => add_numbers(&mut facts, value),
            "x-refused" => {
                let names = value.members()?.iter().map(|(name, _)| name.as_str());
                facts.push(("refused".to_owned(), Fact::texts(names)));
            }
            "allOf" | "x-rules" => asked.extend(rules(value)?.items().iter().cloned()),
            known if STRUCTURE.contains(&known) => {}
            _ => {
                let is_list = value.items().is_ok_and(|items| items.iter().all(is_map));
                let fact = if is_list { rules(value)? } else { Fact::of(value) };
                facts.push((keyword.clone(), fact));
            }
        }
    }
    if !asked.is_empty() {
        facts.push(("rules".to_owned(), Fact::List(asked)));
    }
    Ok(facts)
}

fn is_map(node: &Node) -> bool {
    node.members().is_ok()
}

/// Rules without their words.
fn rules(node: &Node) -> Result<Fact> {
    let mut found = Vec::new();
    for rule in node.items()? {
        let keywords = rule.members()?.iter().filter(|(keyword, _)| !is_prose(keyword));
        let facts = keywords.map(|(keyword, value)| {
            let keyword = if keyword == "x-rule" { "rule" } else { keyword };
            (keyword.to_owned(), Fact::of(value))
        });
        found.push(Fact::map(facts.collect()));
    }
    Ok(Fact::List(found))
}

/// Numbers of rules, by keyword. What was there before goes first.
fn add_numbers(facts: &mut Facts, value: &Node) {
    let mut numbers = match Fact::of(value) {
        Fact::Map(members) => members,
        only => vec![("any".to_owned(), only)],
    };
    let at = facts.iter().position(|(keyword, _)| keyword == "x-rule");
    let before = at.map(|at| facts.remove(at).1);
    for (keyword, number) in before.iter().flat_map(Fact::members) {
        numbers.retain(|(known, _)| known != keyword);
        numbers.push((keyword.clone(), number.clone()));
    }
    facts.push(("x-rule".to_owned(), Fact::map(numbers)));
}
