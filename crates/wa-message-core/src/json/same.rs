//! Compares two JSON texts by what they mean.

use std::borrow::Cow;

use super::{Node, Result, Tree};

impl Tree<'_> {
    /// Whether another text means the same. Objects do in every order, and so do 0 and -0.
    ///
    /// It does not call itself, so that the stack suffices however deep both are nested.
    pub(crate) fn is_same(&self, other: &Tree<'_>) -> bool {
        let mut pairs = vec![(self.root(), other.root())];
        while let Some((one, other)) = pairs.pop() {
            if !are_alike(&one, &other, &mut pairs).unwrap_or_default() {
                return false;
            }
        }
        true
    }
}

/// Whether two values are the same, but for the pairs inside them.
fn are_alike<'t>(
    one: &Node<'t>,
    other: &Node<'t>,
    pairs: &mut Vec<(Node<'t>, Node<'t>)>,
) -> Result<bool> {
    let (kind, other_kind) = (one.kind(), other.kind());
    Ok(match kind {
        b'[' | b'{' | b'"' if kind != other_kind => false,
        b'[' => {
            let (mut ones, mut others) = (one.items()?, other.items()?);
            loop {
                match (ones.next(), others.next()) {
                    (Some(one), Some(other)) => pairs.push((one, other)),
                    (None, None) => break true,
                    _ => break false,
                }
            }
        }
        b'{' => {
            let (ones, others) = (sorted(one)?, sorted(other)?);
            let are_named_alike = ones.len() == others.len()
                && ones.iter().zip(&others).all(|((one, _), (other, _))| one == other);
            let values = ones.into_iter().zip(others);
            pairs.extend(values.map(|((_, one), (_, other))| (one, other)));
            are_named_alike
        }
        b'"' => one.string()? == other.string()?,
        _ => one.text() == other.text() || one.numeral()? == other.numeral()?,
    })
}

fn sorted<'t>(object: &Node<'t>) -> Result<Vec<(Cow<'t, str>, Node<'t>)>> {
    let mut inside = object.inside(b'{')?;
    let mut members = Vec::new();
    while let (Some(name), Some(value)) = (inside.next(), inside.next()) {
        members.push((name.string()?, value));
    }
    members.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(members)
}
