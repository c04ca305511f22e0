//! From the model to the draft-07 schemas that typify takes.
//!
//! Limits are left out here: they are in our own tables. A text or an array with limits becomes a
//! reference to a definition that typify replaces by a type of ours.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    limits::documented,
    model::{Arm, ArmObject, Description, Field, Object, Schema, Type, Union},
    names::value_type,
};

/// What typify is given.
#[derive(Debug, Default)]
pub(crate) struct Lowered {
    /// The schemas, by name.
    pub(crate) definitions: BTreeMap<String, Value>,
    /// Definitions that are types of ours, by name.
    pub(crate) replacements: BTreeMap<String, String>,
}

/// How an object is written in Rust.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape<'o> {
    /// A struct of its own members.
    Struct,
    /// A struct of its tag and the members of its only arm.
    OneArm { tag: &'o str, value: &'o str, arm: &'o Object },
    /// An enum of its arms.
    Enum(&'o Union),
    /// A struct with its own members and an enum of its arms, which has a name.
    Composed(&'o str, &'o Union),
}

impl Object {
    /// How the object is written in Rust.
    #[must_use]
    pub(crate) fn shape(&self) -> Shape<'_> {
        let Some(union) = &self.union else { return Shape::Struct };
        match (&self.content, union.arms.as_slice()) {
            (Some(content), _) => Shape::Composed(content, union),
            (None, [Arm { value, object: ArmObject::Inline(arm) }]) => {
                Shape::OneArm { tag: &union.tag, value, arm }
            }
            _ => Shape::Enum(union),
        }
    }
}

/// Lowers a description.
#[must_use]
pub(crate) fn lower(description: &Description) -> Lowered {
    let mut lowered = Lowering { description, lowered: Lowered::default() };
    for schema in &description.schemas {
        match schema {
            Schema::Object(object) => lowered.object(object),
            Schema::Enum(values) => {
                let schema = json!({
                    "type": "string", "enum": values.values, "description": values.description,
                });
                lowered.lowered.definitions.insert(values.name.clone(), schema);
            }
            Schema::OpenEnum(values) => {
                lowered.replace(&values.name, &Type::OpenEnum(values.name.clone()));
            }
            Schema::Text(_) => {}
        }
    }
    lowered.without_constants()
}

struct Lowering<'d> {
    description: &'d Description,
    lowered: Lowered,
}

impl Lowering<'_> {
    /// Leaves out the sets of one word that no type refers to, because the word is always the same.
    fn without_constants(self) -> Lowered {
        let Self { description, mut lowered } = self;
        let all = json!(lowered.definitions).to_string();
        lowered.definitions.retain(|name, _| {
            description.values(name).is_none_or(|values| {
                values.values.len() > 1 || all.contains(&format!("\"{DEFINITIONS}{name}\""))
            })
        });
        lowered
    }

    fn replace(&mut self, name: &str, value: &Type) -> Value {
        // The schema behind a replaced name does not matter, but has to be there.
        self.lowered.definitions.insert(name.to_owned(), json!({"type": "string"}));
        self.lowered.replacements.insert(name.to_owned(), value_type(value).to_string());
        reference(name)
    }

    fn object(&mut self, object: &Object) {
        let mut schema = match object.shape() {
            Shape::Struct => self.members(&object.fields, object.answer),
            Shape::OneArm { arm, .. } => self.members(&arm.fields, object.answer),
            Shape::Enum(union) => self.arms(union),
            Shape::Composed(name, union) => {
                let mut arms = self.arms(union);
                arms["description"] = json!(format!("What {} carries.", object.label));
                self.lowered.definitions.insert(name.to_owned(), arms);
                let mut schema = self.members(&object.fields, object.answer);
                let mut content = reference(name);
                content["description"] = json!(format!("What {} carries.", object.label));
                schema["properties"]["content"] = content;
                push(&mut schema["required"], "content");
                schema
            }
        };
        schema["description"] = json!(object.description);
        self.lowered.definitions.insert(object.name.clone(), schema);
    }

    fn arms(&mut self, union: &Union) -> Value {
        let arms = union.arms.iter().map(|arm| match &arm.object {
            ArmObject::Inline(object) => {
                let mut schema = self.members(&object.fields, false);
                schema["description"] = json!(object.description);
                schema["properties"][&union.tag] = json!({"type": "string", "enum": [arm.value]});
                push(&mut schema["required"], &union.tag);
                schema
            }
            ArmObject::Named(target) => {
                json!({
                    "type": "object",
                    "properties": {&arm.value: reference(target)},
                    "required": [arm.value],
                    "additionalProperties": false,
                })
            }
        });
        json!({"oneOf": arms.collect::<Vec<_>>()})
    }

    fn members(&mut self, fields: &[Field], answer: bool) -> Value {
        let mut properties = serde_json::Map::new();
        let mut required = Vec::new();
        let is_constant = |field: &&Field| !answer && self.description.constant(field).is_some();
        for field in fields.iter().filter(|field| !is_constant(field)) {
            let mut schema = self.value(&field.value, answer);
            schema["description"] = json!(documented(field));
            properties.insert(field.name.clone(), schema);
            if field.required {
                required.push(json!(field.name));
            }
        }
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        if !answer {
            schema["additionalProperties"] = json!(false);
        }
        schema
    }

    fn value(&mut self, value: &Type, answer: bool) -> Value {
        match value {
            Type::Text(text) => match &text.values {
                Some(name) => reference(name),
                None if answer => json!({"type": "string"}),
                None => self.replace("Text", value),
            },
            Type::Integer { .. } => json!({"type": "integer", "format": "int64"}),
            Type::Number { .. } => json!({"type": "number"}),
            Type::Boolean => json!({"type": "boolean"}),
            Type::Json { .. } => self.replace("JsonObject", value),
            Type::Any => json!({}),
            Type::List(list) if answer => {
                json!({"type": "array", "items": self.value(&list.items, answer)})
            }
            Type::List(list) => {
                let items = self.value(&list.items, answer);
                let name = items["$ref"].as_str().and_then(|path| path.rsplit('/').next());
                let name = name.unwrap_or("Value").to_owned();
                self.replace(&format!("List{name}"), value)
            }
            Type::Object(name) | Type::OpenEnum(name) => reference(name),
        }
    }
}

const DEFINITIONS: &str = "#/definitions/";

fn reference(name: &str) -> Value {
    json!({"$ref": format!("{DEFINITIONS}{name}")})
}

fn push(list: &mut Value, item: &str) {
    if let Some(list) = list.as_array_mut() {
        list.push(json!(item));
    }
}
