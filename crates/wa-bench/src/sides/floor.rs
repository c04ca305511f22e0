//! The floor: the document as it is, with holes for the values.

/// A list message with four rows, one without a description.
#[must_use]
pub fn list(to: &str, title: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(640);
    out.extend_from_slice(br#"{"type":"interactive","interactive":{"type":"list","action":{"button":"See dishes","sections":[{"rows":[{"description":"With rice","id":"m1","title":"Feijoada"},{"description":"What the market had","id":"m2","title":"#);
    string(&mut out, title);
    out.extend_from_slice(br#"}],"title":"Mains"},{"rows":[{"id":"s1","title":"Pudim"},{"description":"With coconut","id":"s2","title":"Quindim"}],"title":"Sweets"}]},"body":{"text":"Pick a dish"},"footer":{"text":"Kitchen closes at ten"},"header":{"type":"text","text":"Tonight"}},"messaging_product":"whatsapp","to":"#);
    string(&mut out, to);
    out.push(b'}');
    out
}

/// Writes a text as JSON, with whatever has to be escaped.
fn string(out: &mut Vec<u8>, text: &str) {
    // Writing a text to memory has no way to fail.
    let _ = serde_json::to_writer(out, text);
}
