//! A JSON value on each line.

use super::Piece;
use crate::json::Style;

pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for line in text.split_inclusive('\n') {
        let bytes = start..start + line.trim_end().len();
        start += line.len();
        if !line.trim().is_empty() {
            pieces.push(Piece { bytes, style: Style::default() });
        }
    }
    pieces
}
