//! Bodies as types. What serde says of values is for people who know Rust, so they are read here in words for others.

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess,
    Visitor, value::StrDeserializer,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value, map, map::Iter};

use super::wrong::{Wrong, choice, unexpected};

/// A value that is read, and says where it is wrong.
#[derive(Clone, Copy)]
pub(super) struct Body<'de>(pub(super) &'de Value);

impl<'de> Body<'de> {
    fn object(self) -> Result<Members<'de>, Wrong> {
        match self.0 {
            Value::Object(members) => Ok(Members { left: members.iter(), value: None }),
            other => Err(Wrong::invalid_type(unexpected(other), &"a map")),
        }
    }
}

impl<'de> Deserializer<'de> for Body<'de> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(truth) => visitor.visit_bool(*truth),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                (None, None) => {
                    let number = number.as_f64().unwrap_or_default();
                    match whole(number) {
                        Some(number) => visitor.visit_u64(number),
                        None => visitor.visit_f64(number),
                    }
                }
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items { left: items.iter(), index: 0 }),
            Value::Object(_) => visitor.visit_map(self.object()?),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    /// An array is none, whatever its items are.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_map(self.object()?)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let (name, content) = match self.0 {
            Value::String(name) => (name, None),
            Value::Object(members) => match only(members) {
                Some((name, content)) => (name, Some(content)),
                None => return Err(choice(variants, self.0)),
            },
            other => return Err(choice(variants, other)),
        };
        visitor.visit_enum(Choice { name, content })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

/// A number that is whole, and may be written with a fraction or an exponent all the same.
fn whole(number: f64) -> Option<u64> {
    /// Beyond this, not every whole number is one with a fraction.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = (0.0..=EXACT).contains(&number) && number.fract() == 0.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // It was looked at.
    is_whole.then_some(number as u64)
}

/// The one member of an object.
fn only(members: &Map<String, Value>) -> Option<(&String, &Value)> {
    let mut members: map::Iter<'_> = members.iter();
    members.next().filter(|_| members.next().is_none())
}

/// The members of an object.
struct Members<'de> {
    left: Iter<'de>,
    value: Option<(&'de String, &'de Value)>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Wrong> {
        self.value = self.left.next();
        let name = self.value.map(|(name, _)| StrDeserializer::new(name));
        name.map(|name| seed.deserialize(name)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let Some((name, value)) = self.value.take() else {
            return Err(Wrong::custom("a value without its name"));
        };
        seed.deserialize(Body(value)).map_err(|wrong| wrong.in_member(name))
    }
}

/// The items of an array.
struct Items<'de> {
    left: std::slice::Iter<'de, Value>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        let Some(item) = self.left.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(Body(item)).map(Some).map_err(|wrong| wrong.in_item(index))
    }
}

/// One of several: its name, and what stands behind it.
struct Choice<'de> {
    name: &'de str,
    content: Option<&'de Value>,
}

impl<'de> EnumAccess<'de> for Choice<'de> {
    type Error = Wrong;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Wrong> {
        Ok((seed.deserialize(StrDeserializer::new(self.name))?, self))
    }
}

impl<'de> Choice<'de> {
    fn content(&self, must: &str) -> Result<&'de Value, Wrong> {
        let name = self.name;
        self.content
            .ok_or_else(|| Wrong::must(format!("an object: {{\"{name}\": {must}}}"), "a text"))
    }
}

impl<'de> VariantAccess<'de> for Choice<'de> {
    type Error = Wrong;

    fn unit_variant(self) -> Result<(), Wrong> {
        let name = self.name;
        match self.content {
            None => Ok(()),
            Some(_) => Err(Wrong::must(format!("the text `{name}` alone"), "an object")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Wrong> {
        let content = self.content("..")?;
        seed.deserialize(Body(content)).map_err(|wrong| wrong.in_member(self.name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let content = Body(self.content("{..}")?);
        let read = content.object().and_then(|members| visitor.visit_map(members));
        read.map_err(|wrong| wrong.in_member(self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Wrong> {
        let content = self.content("[..]")?;
        Body(content).deserialize_any(visitor).map_err(|wrong| wrong.in_member(self.name))
    }
}
