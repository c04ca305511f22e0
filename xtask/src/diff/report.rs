//! The changes for people.

use std::fmt;

use super::{Change, Changes, Comparison};

/// How many places of one change are named.
const NAMED_PLACES: usize = 4;

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changes(changes) => changes.fmt(f),
            Self::NoSnapshot => {
                f.write_str("there is no snapshot of the public face, so nothing was compared")
            }
            Self::BadSnapshot(why) => {
                write!(
                    f,
                    "the snapshot of the public face cannot be read, so nothing was compared: {why}"
                )
            }
        }
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changes.is_empty() {
            return f.write_str("nothing changed in the public face");
        }
        let (breaking, other): (Vec<_>, Vec<_>) =
            self.changes.iter().partition(|change| change.breaks);
        for (title, changes) in [("breaks users", &breaking), ("does not break users", &other)] {
            if changes.is_empty() {
                continue;
            }
            writeln!(f, "{title}:")?;
            for change in changes {
                writeln!(f, "  {change}")?;
            }
            writeln!(f)?;
        }
        write!(f, "public face: {} ", count(breaking.len(), "change"))?;
        f.write_str(if breaking.len() == 1 { "breaks users, " } else { "break users, " })?;
        write!(f, "{} {}", other.len(), if other.len() == 1 { "does not" } else { "do not" })
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named: Vec<_> =
            self.places.iter().take(NAMED_PLACES).map(|place| format!("`{place}`")).collect();
        f.write_str(&named.join(", "))?;
        if self.places.len() > NAMED_PLACES {
            write!(f, " and {} more", self.places.len() - NAMED_PLACES)?;
        }
        write!(f, ": {}", self.what)
    }
}

fn count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
