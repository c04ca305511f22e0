//! Errors of PostgreSQL and of the way to it, judged: what kept the server, and whether it may have done it all the same.

use std::{error::Error as _, io};

use tokio_postgres::{
    Error,
    error::{DbError, Severity, SqlState},
};

use crate::error::{Obstacle, StoreError};

/// How long a text of a server is at most, in characters.
const LONGEST: usize = 500;

/// Judges an error. It shows no values: a server tells those in the detail alone, which is left out.
pub(crate) fn judge(error: &Error) -> StoreError {
    if let Some(error) = error.as_db_error() {
        let text = format!("{} (SQLSTATE {})", plain(error.message()), plain(error.code().code()));
        return StoreError::new(obstacle(error.code()), text);
    }
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    StoreError::new(obstacle_on_the_way(error), plain(&text))
}

/// Whether the connection may have ended before the answer came, so that nobody knows what became of the statement.
pub(super) fn is_lost(error: &Error) -> bool {
    match error.as_db_error() {
        Some(error) => is_end(error),
        // Not what is wrong with a value that was never sent.
        None => !error.to_string().contains("serializing parameter"),
    }
}

/// Whether the connection is of no use any more.
pub(super) fn is_useless(error: &Error) -> bool {
    match error.as_db_error() {
        Some(error) => is_end(error) || *error.code() == SqlState::READ_ONLY_SQL_TRANSACTION,
        None => true,
    }
}

/// Whether the server has undone the statement because others were in the way, so that it can be tried again.
pub(super) fn is_conflict(error: &Error) -> bool {
    error.code().is_some_and(|code| {
        [SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE].contains(code)
    })
}

/// Whether the server, or a pool before it, ends the connection. It may have written before.
fn is_end(error: &DbError) -> bool {
    let code = error.code().code();
    let is_fatal = matches!(error.parsed_severity(), Some(Severity::Fatal | Severity::Panic));
    // Connections, ends by an administrator, and a statement of which the server itself does not know.
    is_fatal || code.starts_with("08") || code.starts_with("57P") || code == "40003"
}

fn obstacle(code: &SqlState) -> Obstacle {
    match code.code() {
        "28000" | "28P01" | "42501" => Obstacle::Forbidden,
        "25006" => Obstacle::ReadOnly,
        "53100" => Obstacle::Full,
        "3D000" => Obstacle::Unreachable,
        "40001" | "40P01" | "55P03" | "57014" => Obstacle::Busy,
        "58030" => Obstacle::Disk,
        // The server ended the connection: it was idle for too long, or by the hand of somebody.
        code if code == "25P03" || code.starts_with("08") || code.starts_with("57P") => {
            Obstacle::Unreachable
        }
        code if code.starts_with("53") => Obstacle::Busy,
        code if code.starts_with("XX") => Obstacle::Disk,
        _ => Obstacle::Other,
    }
}

fn obstacle_on_the_way(error: &Error) -> Obstacle {
    let io = error.source().and_then(|source| source.downcast_ref::<io::Error>());
    let text = error.to_string();
    let kind = io.map(io::Error::kind);
    if kind == Some(io::ErrorKind::PermissionDenied) && text.contains("connecting") {
        // That is how the crate tells of a server that is no primary.
        Obstacle::ReadOnly
    } else if kind.is_none() && text.contains("authentication") {
        Obstacle::Forbidden
    } else if kind.is_none() && (text.contains("parameter") || text.contains("column")) {
        Obstacle::Other
    } else {
        Obstacle::Unreachable
    }
}

/// Returns a text from elsewhere without what a terminal would take as a command.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect()
}
