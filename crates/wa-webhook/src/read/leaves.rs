//! Values without members. Each is read from every form that means it: the API writes numbers as texts and texts
//! as numbers, and not always the same.

use std::borrow::Cow;

use super::{Misfit, Take};
use crate::{
    json::Node,
    raw::{JsonText, Raw},
};

/// A text, or a number or truth value as it is written.
#[inline]
pub(crate) fn text<'a>(node: Node<'_, 'a>) -> Result<Cow<'a, str>, Misfit> {
    match node.plain() {
        Some(plain) => Ok(Cow::Borrowed(plain)),
        None => other_text(node),
    }
}

/// A text that is more than plain bytes between quotes.
#[inline(never)]
fn other_text<'a>(node: Node<'_, 'a>) -> Result<Cow<'a, str>, Misfit> {
    match node.kind() {
        b'"' => Ok(node.string()),
        b'{' | b'[' | b'n' => Err(Misfit::kind(node, "a text")),
        _ => Ok(Cow::Borrowed(node.json())),
    }
}

fn float(node: Node<'_, '_>, expected: &'static str) -> Result<f64, Misfit> {
    let is_number =
        |text: &str| text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    let text = text(node).ok().filter(|text| is_number(text));
    let number = text.and_then(|text| text.parse().ok()).filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| Misfit::kind(node, expected))
}

fn integer(node: Node<'_, '_>) -> Result<i64, Misfit> {
    const EXPECTED: &str = "a whole number";
    /// Beyond this, not every whole number is one of 64 bits with a fraction.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Some(number) = text(node).ok().and_then(|text| text.parse().ok()) {
        return Ok(number);
    }
    let number = float(node, EXPECTED)?;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        #[allow(clippy::cast_possible_truncation)] // It is whole and small enough.
        return Ok(number as i64);
    }
    Err(Misfit::kind(node, EXPECTED))
}

fn boolean(node: Node<'_, '_>) -> Result<bool, Misfit> {
    let text = text(node).unwrap_or_default();
    match [true, false].into_iter().find(|value| text.eq_ignore_ascii_case(&value.to_string())) {
        Some(value) => Ok(value),
        None => Err(Misfit::kind(node, "a truth value")),
    }
}

impl<'a> Take<'a> for Cow<'a, str> {
    #[inline]
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        // Straight into its place, as nearly all texts are, and not by way of a result.
        *self = match node.plain() {
            Some(plain) => Cow::Borrowed(plain),
            None => other_text(node)?,
        };
        Ok(())
    }
}

impl<'a> Take<'a> for i64 {
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        *self = integer(node)?;
        Ok(())
    }
}

impl<'a> Take<'a> for f64 {
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        *self = float(node, "a number")?;
        Ok(())
    }
}

impl<'a> Take<'a> for bool {
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        *self = boolean(node)?;
        Ok(())
    }
}

impl<'a> Take<'a> for Raw<'a> {
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        self.0 = Cow::Borrowed(node.json());
        Ok(())
    }
}

/// JSON that is not in a text is taken too.
impl<'a> Take<'a> for JsonText<'a> {
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        self.0 = text(node).unwrap_or(Cow::Borrowed(node.json()));
        Ok(())
    }
}

impl<'a, T: Take<'a> + Default> Take<'a> for Option<T> {
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        self.insert(T::default()).take(node)
    }
}

/// A type that lies in itself stands in a box, so it is enough to count boxes.
impl<'a, T: Take<'a>> Take<'a> for Box<T> {
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        T::take(self, node.deeper())
    }
}

impl<'a, T: Take<'a> + Default> Take<'a> for Vec<T> {
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        let Some(inside) = node.inside(b'[') else {
            return Err(Misfit::kind(node, "an array"));
        };
        for item in inside.filter(|item| !item.is_null()) {
            if self.is_empty() {
                // Most arrays have one item, and a vector that grows makes room for four.
                *self = Vec::with_capacity(1);
            }
            self.push(T::default());
            if let Some(last) = self.last_mut() {
                last.take(item)?;
            }
        }
        Ok(())
    }
}
