//! The types as Rust has them: the model and the names that typify gave, brought together once.
//!
//! Emitters print what stands here. What one of the two has and the other has not is an error here, so that none of
//! them has to look.

use proc_macro2::Ident;
use syn::File;

use crate::{
    error::{Error, Result},
    lower::Shape,
    model::{ArmObject, Constant, Description, Enum, Field, Object, Schema, Union},
    names::{ident, table},
    types::Types,
};

/// The member of a struct that holds the enum of its arms.
pub(crate) const CONTENT: &str = "content";

/// All that is made of a description.
pub(crate) struct Rust<'d> {
    pub(crate) description: &'d Description,
    /// The code of the types.
    pub(crate) file: File,
    /// The types of requests, in the order of the description.
    pub(crate) types: Vec<RustType<'d>>,
    /// The types of answers.
    pub(crate) answers: Vec<RustType<'d>>,
    /// The closed sets of strings.
    pub(crate) words: Vec<Words<'d>>,
    /// The names of all types of requests, in the order of the description.
    pub(crate) names: Vec<Ident>,
}

/// An object as a type.
pub(crate) struct RustType<'d> {
    pub(crate) object: &'d Object,
    pub(crate) name: Ident,
    /// The name of the static with its table.
    pub(crate) table: Ident,
    /// Whether it is what an arm of a union holds.
    pub(crate) is_arm: bool,
    /// The members of the struct that it is. An enum has none.
    pub(crate) members: Option<Members<'d>>,
    /// The enum of its arms: the type itself, or what the struct holds in `content`. A union of one arm that stands in
    /// it is none, but a struct with the tag among its members.
    pub(crate) union: Option<RustUnion<'d>>,
}

/// The members of a struct or a variant, in the order of the description.
pub(crate) struct Members<'d>(pub(crate) Vec<RustMember<'d>>);

/// A member: its name in the JSON, and what stands there.
pub(crate) struct RustMember<'d> {
    pub(crate) json: &'d str,
    pub(crate) held: Held<'d>,
}

/// What stands under the name of a member.
pub(crate) enum Held<'d> {
    /// A value, in a member of the type that has this name.
    Field(Ident, &'d Field),
    /// The enum of the arms, in `content`.
    Content(Ident),
    /// The same always. The type has no place for it.
    Constant(Constant<'d>),
}

/// A union as an enum.
pub(crate) struct RustUnion<'d> {
    pub(crate) union: &'d Union,
    pub(crate) name: Ident,
    pub(crate) variants: Vec<RustVariant<'d>>,
}

/// An arm as a variant.
pub(crate) struct RustVariant<'d> {
    /// The value of the tag.
    pub(crate) value: &'d str,
    pub(crate) name: Ident,
    pub(crate) object: &'d Object,
    /// Its members, unless it holds the type of the object.
    pub(crate) members: Option<Members<'d>>,
}

/// A closed set of strings.
pub(crate) struct Words<'d> {
    pub(crate) values: &'d Enum,
    pub(crate) name: Ident,
    /// The variants, in the order of the values. A word that is always the same needs no enum, and has none.
    pub(crate) variants: Vec<Ident>,
}

impl<'d> Rust<'d> {
    /// Brings a description and its types together.
    ///
    /// # Errors
    ///
    /// When one of them has what the other has not, or a type cannot be read or written.
    pub(crate) fn new(description: &'d Description, types: Types) -> Result<Self> {
        let mut maker = Maker { description, types };
        let (mut types, mut answers) = (Vec::new(), Vec::new());
        let (mut words, mut names) = (Vec::new(), Vec::new());
        for schema in &description.schemas {
            match schema {
                Schema::Object(object) if object.answer => answers.push(maker.object(object)?),
                Schema::Object(object) => {
                    let made = maker.object(object)?;
                    names.push(made.name.clone());
                    if let (Some(_), Some(content)) = (&made.members, &made.union) {
                        names.push(content.name.clone());
                    }
                    types.push(made);
                }
                Schema::Enum(values) => {
                    let made = maker.words(values)?;
                    names.extend((!made.variants.is_empty()).then(|| made.name.clone()));
                    words.push(made);
                }
                Schema::OpenEnum(_) | Schema::Text(_) => {}
            }
        }
        let file = maker.types.finish()?;
        Ok(Self { description, file, types, answers, words, names })
    }

    /// The type of an object of a request.
    pub(crate) fn object(&self, name: &str) -> Result<&RustType<'d>> {
        self.types.iter().find(|ty| ty.object.name == name).ok_or_else(|| lost(name))
    }

    /// The closed set of strings of a name.
    pub(crate) fn words(&self, name: &str) -> Result<&Words<'d>> {
        self.words.iter().find(|words| words.values.name == name).ok_or_else(|| lost(name))
    }
}

impl<'d> RustType<'d> {
    /// The members that are not always the same, of the struct and of its variants.
    pub(crate) fn all_fields(&self) -> impl Iterator<Item = &'d Field> {
        let variants = self.union.iter().flat_map(|union| &union.variants);
        let members = self.members.iter().chain(variants.flat_map(|variant| &variant.members));
        members.flat_map(Members::fields).map(|(_, field)| field)
    }

    /// What stands under a name in the struct.
    pub(crate) fn member(&self, json: &str) -> Result<&Held<'d>> {
        self.members.as_ref().ok_or_else(|| lost(json))?.get(json)
    }

    /// A member of the struct that is not always the same.
    pub(crate) fn field(&self, json: &str) -> Result<(&Ident, &'d Field)> {
        match self.member(json)? {
            Held::Field(rust, field) => Ok((rust, field)),
            _ => Err(lost(json)),
        }
    }
}

impl Words<'_> {
    /// The variants of some of the values.
    pub(crate) fn of(&self, values: &[String]) -> Result<Vec<&Ident>> {
        let found = values.iter().map(|value| {
            let at = self.values.values.iter().position(|known| known == value);
            at.and_then(|at| self.variants.get(at)).ok_or_else(|| lost(value))
        });
        found.collect()
    }
}

impl RustUnion<'_> {
    /// The variant of a value of the tag.
    pub(crate) fn variant(&self, value: &str) -> Result<&RustVariant<'_>> {
        self.variants.iter().find(|variant| variant.value == value).ok_or_else(|| lost(value))
    }
}

impl<'d> Members<'d> {
    /// The members that are not always the same, each with its name in Rust.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&Ident, &'d Field)> {
        self.0.iter().filter_map(RustMember::field)
    }

    /// The name of a member in Rust, where it is another than in the JSON.
    pub(crate) fn another_name(&self, field: &Field) -> Option<String> {
        let (rust, _) = self.fields().find(|(_, known)| known.name == field.name)?;
        (*rust != field.name).then(|| rust.to_string())
    }

    /// All members in the order of their names.
    pub(crate) fn by_name(&self) -> Vec<&RustMember<'d>> {
        let mut members: Vec<_> = self.0.iter().collect();
        members.sort_by_key(|member| member.json);
        members
    }

    /// What stands under a name.
    pub(crate) fn get(&self, json: &str) -> Result<&Held<'d>> {
        let found = self.0.iter().find(|member| member.json == json);
        found.map(|member| &member.held).ok_or_else(|| lost(json))
    }
}

impl<'d> RustMember<'d> {
    /// The name in Rust and what the description says of it, unless it is always the same.
    pub(crate) fn field(&self) -> Option<(&Ident, &'d Field)> {
        match &self.held {
            Held::Field(rust, field) => Some((rust, field)),
            Held::Content(_) | Held::Constant(_) => None,
        }
    }
}

struct Maker<'d> {
    description: &'d Description,
    types: Types,
}

impl<'d> Maker<'d> {
    fn object(&mut self, object: &'d Object) -> Result<RustType<'d>> {
        let own = object.name.as_str();
        let name = self.types.take(&[own])?;
        let (mut members, mut union) = (None, None);
        match object.shape() {
            Shape::Struct => members = Some(self.members(&[own], object, None)?),
            Shape::OneArm { tag, value, arm } => {
                let held = Held::Constant(Constant::Text(value));
                let tag = RustMember { json: tag, held };
                members = Some(self.members(&[own], arm, Some(tag))?);
            }
            Shape::Enum(arms) => union = Some(self.union(name.clone(), arms)?),
            Shape::Composed(content, arms) => {
                self.types.take(&[own, CONTENT])?;
                let enumeration = self.types.take(&[content])?;
                let held = Held::Content(enumeration.clone());
                let content = RustMember { json: CONTENT, held };
                members = Some(self.members(&[own], object, Some(content))?);
                union = Some(self.union(enumeration, arms)?);
            }
        }
        let unions = self.description.objects().flat_map(|outer| &outer.union);
        let mut arms = unions.flat_map(|union| &union.arms).map(|arm| &arm.object);
        let is_arm = arms.any(|arm| matches!(arm, ArmObject::Named(name) if name == own));
        Ok(RustType { object, name, table: table(own), is_arm, members, union })
    }

    /// The members of the type or variant that a path leads to: those of an object, and one that is none of them.
    fn members(
        &mut self,
        path: &[&str],
        object: &'d Object,
        other: Option<RustMember<'d>>,
    ) -> Result<Members<'d>> {
        let mut members = Vec::new();
        for field in &object.fields {
            let json = field.name.as_str();
            let held = match self.description.constant(field) {
                Some(constant) if !object.answer => Held::Constant(constant),
                _ => Held::Field(self.types.take(&[path, &[json]].concat())?, field),
            };
            members.push(RustMember { json, held });
        }
        members.extend(other);
        // The reader has a bit for each.
        if let Some(RustMember { json, .. }) = members.get(64) {
            let message = "is the 65th member of its object, and 64 are the most";
            return Err(refused(format!("`{json}` {message}")));
        }
        Ok(Members(members))
    }

    fn union(&mut self, name: Ident, union: &'d Union) -> Result<RustUnion<'d>> {
        let mut variants = Vec::new();
        for arm in &union.arms {
            let (value, own) = (arm.value.as_str(), name.to_string());
            let object = self.description.arm_object(arm).ok_or_else(|| lost(value))?;
            let rust = self.types.take(&[&own, value])?;
            let members = match &arm.object {
                ArmObject::Named(_) => None,
                ArmObject::Inline(_) if object.union.is_some() => {
                    let message = "has arms and needs a name of its own";
                    return Err(refused(format!("the arm `{value}` {message}")));
                }
                ArmObject::Inline(_) => Some(self.members(&[&own, value], object, None)?),
            };
            variants.push(RustVariant { value, name: rust, object, members });
        }
        Ok(RustUnion { union, name, variants })
    }

    fn words(&mut self, values: &'d Enum) -> Result<Words<'d>> {
        let name = ident(&values.name);
        let mut variants = Vec::new();
        if self.types.take(&[&values.name]).is_ok() {
            for value in &values.values {
                variants.push(self.types.take(&[&values.name, value])?);
            }
        }
        Ok(Words { values, name, variants })
    }
}

/// There is no such thing as the description asks for.
pub(crate) fn lost(name: &str) -> Error {
    refused(format!("no way to `{name}`"))
}

fn refused(message: String) -> Error {
    Error::Tool { tool: "the emitter", message }
}
