//! Tags of ERB, EJS and those that look like them: `<% .. %>`. They hold code of another language, of which only the
//! beginnings and ends of blocks are known.

use super::tag::Tag;

/// What ends one of them.
pub(super) const CLOSE: &str = "%>";

/// The name of all their blocks, because their ends do not say what they close.
const NAME: &str = "<%";

/// Words that begin a block without a brace.
const OPENS: [&str; 7] = ["if", "unless", "case", "for", "while", "until", "begin"];

/// Words between the parts of a block.
const BETWEEN: [&str; 7] = ["else", "elsif", "elseif", "elif", "when", "in", "default"];

/// What stands at the end of an expression that goes on as a block: `xs.each do |x|`, `Enum.map(xs, fn x ->`.
const GOES_ON: [&str; 4] = [" do", "|", "->", "=>"];

impl<'t> Tag<'t> {
    /// What a tag is for, of which this is the inside.
    pub(super) fn of_code(inside: &'t str) -> Self {
        let code = inside.trim_start_matches(['-', '_', '=']).trim_end_matches(['-', '_']).trim();
        let goes_on = GOES_ON.iter().any(|end| code.ends_with(end));
        let opens = Tag::Opens { name: NAME, is_block: true };
        if inside.starts_with('#') || inside.starts_with("--") {
            return Self::Nothing;
        }
        if inside.starts_with('=') {
            return if goes_on { opens } else { Self::Value };
        }
        let word = first_word(code);
        let braces = code.matches('{').count().cmp(&code.matches('}').count());
        if code.starts_with('}') && !braces.is_lt() {
            // `} else {`
            Self::Between
        } else if word == "end" || braces.is_lt() {
            Self::Closes("")
        } else if BETWEEN.contains(&word) || code.ends_with(':') && braces.is_eq() {
            Self::Between
        } else if braces.is_gt() || goes_on || has_open_word(code, word) {
            opens
        } else if inside.starts_with('-') && !is_assignment(code) {
            // In EJS, it gives a value.
            Self::Value
        } else {
            Self::Alone
        }
    }
}

/// Whether the first word begins a block, which does not end in the same tag.
fn has_open_word(code: &str, word: &str) -> bool {
    OPENS.contains(&word) && !code.ends_with(" end") && !code.contains('}')
}

fn first_word(code: &str) -> &str {
    let end = code.find(|found: char| !found.is_alphanumeric() && found != '_');
    &code[..end.unwrap_or(code.len())]
}

/// Whether a name is given a value: `x = 1`.
fn is_assignment(code: &str) -> bool {
    let behind =
        code.trim_start_matches(|found: char| found.is_alphanumeric() || "_@$".contains(found));
    let behind = behind.trim_start();
    behind.strip_prefix('=').is_some_and(|behind| !behind.starts_with(['=', '~', '>']))
}
