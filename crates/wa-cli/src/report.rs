//! Findings, in the forms that people and tools read.

mod concise;
mod full;
mod github;
mod gitlab;
mod json;
mod sarif;

use std::io;

use clap::ValueEnum;

use crate::check::{Checked, Level};

/// How findings are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines of the file, as rustc writes errors
    #[default]
    Full,
    /// A line for each finding
    Concise,
    /// An object of JSON for each finding, each on a line
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0
    Sarif,
    /// GitLab's report of code quality
    Gitlab,
}

impl Format {
    /// Whether somebody reads it, who wants to know how much there was.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self, Self::Full | Self::Concise | Self::Github)
    }

    /// Writes all findings.
    pub(crate) fn write(
        self,
        all: &[Checked],
        out: &mut dyn io::Write,
        has_color: bool,
    ) -> io::Result<()> {
        match self {
            Self::Full => full::write(all, out, has_color),
            Self::Concise => concise::write(all, out),
            Self::Json => json::write(all, out),
            Self::Github => github::write(all, out),
            Self::Sarif => sarif::write(all, out),
            Self::Gitlab => gitlab::write(all, out),
        }
    }
}

/// How much there is, for the end of a report: `2 errors and 1 warning; 3 bodies checked`. Of some files nobody knows.
pub(crate) fn summary(all: &[Checked], bodies: usize, unread: usize) -> String {
    let count = |level: Level| {
        all.iter()
            .flat_map(|checked| &checked.findings)
            .filter(|found| found.level == level)
            .count()
    };
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let parts: Vec<_> = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    let more: usize = all.iter().map(|checked| checked.more).sum();
    let found = match (parts.is_empty(), bodies, unread) {
        (false, ..) if more > 0 => {
            format!("{}, and {more} more that are not shown", parts.join(" and "))
        }
        (false, ..) => parts.join(" and "),
        (true, 0, 0) => return "there are no bodies".to_owned(),
        (true, 0, _) => return "nothing was checked".to_owned(),
        (true, _, 0) => "nothing wrong".to_owned(),
        (true, ..) => "nothing wrong in what could be read".to_owned(),
    };
    format!("{found}; {} checked", bodies_of(bodies))
}

fn bodies_of(count: usize) -> String {
    if count == 1 { "1 body".to_owned() } else { format!("{count} bodies") }
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
