//! `Debug` and `==` of the generated types, by their JSON.

use std::fmt;

use crate::{
    json::{Tree, readable_value},
    write::ToJson,
};

/// Shows a value by its name and its JSON, with `{:#?}` on several lines.
pub(crate) fn debug<T: ToJson + ?Sized>(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    value: &T,
) -> fmt::Result {
    debug_json(f, name, &value.to_json())
}

/// The same, of a value that is written.
pub(crate) fn debug_json(f: &mut fmt::Formatter<'_>, name: &str, json: &[u8]) -> fmt::Result {
    f.debug_tuple(name).field(&Shown(json)).finish()
}

struct Shown<'j>(&'j [u8]);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate()
            && let Ok(value) = readable_value(self.0)
        {
            return write!(f, "{value:#}");
        }
        f.write_str(&String::from_utf8_lossy(self.0))
    }
}

/// Whether two values mean the same. Objects are equal in every order, and so are 0 and -0.
pub(crate) fn are_equal<T: ToJson + ?Sized>(one: &T, other: &T) -> bool {
    let (one, other) = (one.to_json(), other.to_json());
    if one == other {
        return true;
    }
    let tree = |json| Tree::new(str::from_utf8(json).ok()?, usize::MAX).ok();
    match (tree(&one), tree(&other)) {
        (Some(one), Some(other)) => one.is_same(&other),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::types::{Location, Row};

    #[test]
    fn values_are_shown_as_json() {
        let row = Row::new("1", "Two \"words\"");
        assert_eq!(format!("{row:?}"), r#"Row({"id":"1","title":"Two \"words\""})"#);
        let pretty =
            "Row(\n    {\n      \"id\": \"1\",\n      \"title\": \"Two \\\"words\\\"\"\n    },\n)";
        assert_eq!(format!("{row:#?}"), pretty);
    }

    #[test]
    fn what_means_the_same_is_equal() {
        assert_eq!(Location::new(0.0, 1.0), Location::new(-0.0, 1.0));
        assert_ne!(Location::new(0.0, 1.0), Location::new(0.0, 1.5));
        assert_ne!(Row::new("1", "A"), Row::new("1", "a"));
    }
}
