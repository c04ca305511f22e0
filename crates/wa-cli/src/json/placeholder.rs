//! Places that other languages fill in later: `{{x}}`, `${x}` and `{% .. %}`.

/// The openings and ends that are known.
const FORMS: [(&str, &str); 3] = [("{{", "}}"), ("${", "}"), ("{%", "%}")];

/// How far the end of one may be from its opening, in bytes. Behind that, it is something else.
const LONGEST: usize = 1_000;

/// Returns the length of the placeholder that a text begins with.
pub(crate) fn length(text: &str) -> Option<usize> {
    let (open, close) = FORMS.iter().find(|(open, _)| text.starts_with(open))?;
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let inside = text.get(open.len()..end)?;
    let at = inside.find(close)?;
    let whole = open.len() + at + close.len();
    // `{{{x}}}` is one that is not escaped.
    let is_triple = *open == "{{" && inside.starts_with('{') && text[whole..].starts_with('}');
    Some(whole + usize::from(is_triple))
}

/// Returns whether a placeholder is a statement, such as a condition or a loop, and gives no value.
pub(crate) fn is_statement(text: &str) -> bool {
    let inside = |mark: &str| text.strip_prefix(mark).is_some_and(|rest| !rest.is_empty());
    inside("{%") || inside("{{#") || inside("{{/") || inside("{{^") || inside("{{else")
}

/// Returns a text without its placeholders, if it has any.
pub(crate) fn without(text: &str) -> Option<String> {
    let mut rest = String::new();
    let mut has_any = false;
    let mut from = 0;
    let mut at = 0;
    while let Some(next) = text[at..].find(['{', '$']) {
        let start = at + next;
        match length(&text[start..]) {
            Some(length) => {
                rest.push_str(&text[from..start]);
                has_any = true;
                at = start + length;
                from = at;
            }
            None => at = start + 1,
        }
    }
    rest.push_str(&text[from..]);
    has_any.then_some(rest)
}
