//! Finds where a value lies whose JSON stands in pieces, when something is wrong with it.
//!
//! The macro could write down every path, but hardly a program would ever read one.

/// Where a value lies.
pub(super) struct Place<'k> {
    /// The path from the body.
    pub(super) path: String,
    /// The name of the member.
    pub(super) member: &'k str,
    /// Whether it is an item of the member.
    pub(super) is_item: bool,
}

/// What is open at a place.
enum Open<'k> {
    /// An object, with the name of the member.
    Object(&'k str),
    /// An array, with the number of items before.
    Array(usize),
}

/// Finds the place of the value behind so many others.
pub(super) fn of<'k>(known: &[&'k str], number: usize) -> Place<'k> {
    let mut open = Vec::new();
    // Where the string begins in its piece that is open.
    let mut string: Option<usize> = None;
    for piece in known.iter().take(number + 1) {
        // What the macro writes is canonical. So a name has no escapes, and behind it stands a colon.
        let bytes = piece.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match (string, byte) {
                (Some(_), b'\\') => at += 1,
                (Some(start), b'"') => {
                    let is_name = bytes.get(at + 1) == Some(&b':');
                    if let Some(Open::Object(name)) = open.last_mut().filter(|_| is_name) {
                        *name = &piece[start..at];
                    }
                    string = None;
                }
                (None, b'"') => string = Some(at + 1),
                (None, b'{') => open.push(Open::Object("")),
                (None, b'[') => open.push(Open::Array(0)),
                (None, b'}' | b']') => {
                    open.pop();
                }
                (None, b',') => {
                    if let Some(Open::Array(before)) = open.last_mut() {
                        *before += 1;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        // The string goes on behind the value.
        string = string.map(|_| 0);
    }
    place(&open)
}

fn place<'k>(open: &[Open<'k>]) -> Place<'k> {
    let mut place = Place { path: String::new(), member: "", is_item: false };
    for open in open {
        match open {
            Open::Object(name) => {
                place.path += if place.path.is_empty() { "" } else { "." };
                place.path += name;
                (place.member, place.is_item) = (name, false);
            }
            Open::Array(before) => {
                place.path.extend(["[", &before.to_string(), "]"]);
                place.is_item = true;
            }
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn places_are_found_by_the_pieces_before() {
        let known = [
            r#"{"a":"x\"},\\","b":{"c":[["{",""#,
            r#""],[1,{"d":{},"é":"#,
            r#","e":""#,
            r#""},"y",""#,
            r#""]]},"f":"#,
            "}",
        ];
        let found = |number| {
            let place = of(&known, number);
            (place.path, place.member, place.is_item)
        };
        assert_eq!(found(0), ("b.c[0][1]".to_owned(), "c", true));
        assert_eq!(found(1), ("b.c[1][1].é".to_owned(), "é", false));
        assert_eq!(found(2), ("b.c[1][1].e".to_owned(), "e", false));
        assert_eq!(found(3), ("b.c[1][3]".to_owned(), "c", true));
        assert_eq!(found(4), ("f".to_owned(), "f", false));
    }
}
