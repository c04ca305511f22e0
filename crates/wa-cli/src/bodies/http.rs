//! Requests as editors send them: a line with the method, headers, an empty line, and the body.

use super::Piece;
use crate::json::Style;

/// What stands between two requests.
const BETWEEN: &str = "###";

pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    // Where the request ends is only known at the next one.
    let mut begun: Option<usize> = None;
    let mut is_in_body = false;
    for line in text.split_inclusive('\n') {
        let (at, trimmed) = (start, line.trim());
        start += line.len();
        if trimmed.starts_with(BETWEEN) {
            pieces.extend(begun.take().map(|from| piece(from, at)));
            is_in_body = false;
        } else if trimmed.is_empty() {
            is_in_body = true;
        } else if is_in_body && begun.is_none() && trimmed.starts_with(['{', '[']) {
            begun = Some(at);
        }
    }
    pieces.extend(begun.map(|from| piece(from, text.len())));
    pieces
}

/// Behind a body may stand what to do with the answer.
fn piece(from: usize, to: usize) -> Piece {
    Piece { bytes: from..to, style: Style { is_relaxed: false, may_go_on: true } }
}
