//! Texts with the formatting of WhatsApp: lists, quotes, and what stands between marks.
//!
//! A text is cut into its lines, outside of what stands between three backticks, and lines of one form make a block.
//! [`inline`] reads a line. Both go over a text once, whatever stands in it.

mod inline;

use std::ops::Range;

use maud::{Markup, html};

use inline::{Inline, drawn};

/// Between these, everything is shown as it is written, also over several lines.
const FENCE: &str = "```";

/// Draws a text with formatting and links.
pub(crate) fn formatted(text: &str) -> Markup {
    measured(text).0
}

/// Returns the address of the first link in a text.
pub(crate) fn first_link(text: &str) -> Option<&str> {
    let mut starts = text.match_indices("://").map(|(at, _)| at);
    starts.find_map(|at| {
        let schemes =
            ["https", "http"].into_iter().filter_map(|scheme| at.checked_sub(scheme.len()));
        schemes
            .filter(|from| text.is_char_boundary(*from))
            .find_map(|from| inline::link(&text[from..]).map(|length| &text[from..from + length]))
    })
}

/// Draws a text, and returns how many steps that took.
fn measured(text: &str) -> (Markup, usize) {
    let fences = fences(text);
    let mut reader = Inline::new(text, &fences);
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in lines(text, &fences) {
        let (form, skipped) = form(&text[line.clone()]);
        let pieces = reader.line(line.start + skipped..line.end);
        match blocks.last_mut() {
            Some(block) if block.form.goes_on_with(form) => block.lines.push(pieces),
            _ => blocks.push(Block { form, lines: vec![pieces] }),
        }
    }
    let steps = reader.steps + text.len();
    (html! { @for block in &blocks { (block.drawn()) } }, steps)
}

/// Where something stands between fences, with them.
fn fences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut marks = text.match_indices(FENCE).map(|(at, _)| at).peekable();
    while let Some(start) = marks.next() {
        let Some(end) = marks.peek().copied() else { break };
        // Nothing between two of them is no code, and the second one may begin some.
        if !text[start + FENCE.len()..end].trim().is_empty() {
            found.push(start..end + FENCE.len());
            marks.next();
        }
    }
    found
}

/// The lines of a text. A break between fences ends none.
fn lines(text: &str, fences: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut fences) = (0, fences.iter().peekable());
    for (at, _) in text.match_indices('\n') {
        while fences.next_if(|fence| fence.end <= at).is_some() {}
        if fences.peek().is_none_or(|fence| at < fence.start) {
            found.push(start..at);
            start = at + 1;
        }
    }
    found.push(start..text.len());
    found
}

/// Lines of one form.
struct Block<'t> {
    form: Form,
    lines: Vec<Vec<inline::Piece<'t>>>,
}

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Bullet,
    Number(u16),
    Quote,
}

impl Form {
    fn goes_on_with(self, next: Self) -> bool {
        match (self, next) {
            (Self::Number(_), Self::Number(_)) => true,
            (one, other) => one == other,
        }
    }
}

/// The form of a line, and how much of it belongs to that.
fn form(line: &str) -> (Form, usize) {
    let says_something = |behind: &str| !behind.trim().is_empty();
    for (sign, form) in [("* ", Form::Bullet), ("- ", Form::Bullet), ("> ", Form::Quote)] {
        if line.strip_prefix(sign).is_some_and(says_something) {
            return (form, sign.len());
        }
    }
    let digits = line.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let number = line[..digits].parse().ok().filter(|_| digits < 4);
    match number.zip(line[digits..].strip_prefix(". ")) {
        Some((number, behind)) if says_something(behind) => (Form::Number(number), digits + 2),
        _ => (Form::Plain, 0),
    }
}

impl Block<'_> {
    fn drawn(&self) -> Markup {
        let items = html! { @for line in &self.lines { li { (drawn(line)) } } };
        let together = html! {
            @for (at, line) in self.lines.iter().enumerate() {
                @if at > 0 { "\n" }
                (drawn(line))
            }
        };
        match self.form {
            Form::Plain => html! { p { (together) } },
            Form::Quote => html! { blockquote { (together) } },
            Form::Bullet => html! { ul { (items) } },
            // They count on from the first, as the app does.
            Form::Number(first) => html! { ol start=(first) { (items) } },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{first_link, formatted, measured};

    /// A text, and what is drawn of it.
    const DRAWN: &[(&str, &str)] = &[
        ("*bold*", "<p><strong>bold</strong></p>"),
        ("_italic_", "<p><em>italic</em></p>"),
        ("~struck~", "<p><s>struck</s></p>"),
        ("```mono```", r#"<p><code class="wa-mono">mono</code></p>"#),
        ("`code`", "<p><code>code</code></p>"),
        // Marks inside of each other, in any order.
        ("*_both_*", "<p><strong><em>both</em></strong></p>"),
        ("_*~all~*_", "<p><em><strong><s>all</s></strong></em></p>"),
        ("*a _b_ c*", "<p><strong>a <em>b</em> c</strong></p>"),
        // What overlaps is closed by the first that ends.
        ("*a _b* c_", "<p><strong>a _b</strong> c_</p>"),
        // Without a partner, a mark is a character.
        ("*one", "<p>*one</p>"),
        ("one*", "<p>one*</p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("* one*", "<ul><li>one*</li></ul>"),
        ("*one *", "<p>*one *</p>"),
        ("**", "<p>**</p>"),
        ("****", "<p>****</p>"),
        ("__a__", "<p>_<em>a</em>_</p>"),
        // Inside of words they are characters too.
        ("snake_case_name", "<p>snake_case_name</p>"),
        ("2*3*4", "<p>2*3*4</p>"),
        ("a*b*", "<p>a*b*</p>"),
        ("*b*a", "<p>*b*a</p>"),
        ("(*a*), \"_b_\".", "<p>(<strong>a</strong>), &quot;<em>b</em>&quot;.</p>"),
        ("*über*: *żółw*", "<p><strong>über</strong>: <strong>żółw</strong></p>"),
        ("*🍞*", "<p><strong>🍞</strong></p>"),
        // They end with their line.
        ("*a\nb*", "<p>*a\nb*</p>"),
        ("*a*\n_b_", "<p><strong>a</strong>\n<em>b</em></p>"),
        // Nothing is formatted in code.
        ("`*a*`", "<p><code>*a*</code></p>"),
        ("```*a*\n> b```", "<p><code class=\"wa-mono\">*a*\n&gt; b</code></p>"),
        ("*`a`*", "<p><strong><code>a</code></strong></p>"),
        ("`a", "<p>`a</p>"),
        ("``", "<p>``</p>"),
        ("```", "<p>```</p>"),
        ("``````", "<p>``````</p>"),
        ("a ```b``` c", r#"<p>a <code class="wa-mono">b</code> c</p>"#),
        // Lists and quotes.
        ("- a\n- *b*", "<ul><li>a</li><li><strong>b</strong></li></ul>"),
        ("* a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", r#"<ol start="3"><li>a</li><li>b</li></ol>"#),
        ("1234. a", "<p>1234. a</p>"),
        ("1.a", "<p>1.a</p>"),
        ("> a\n> b", "<blockquote>a\nb</blockquote>"),
        (">a", "<p>&gt;a</p>"),
        ("a\n- b\nc", "<p>a</p><ul><li>b</li></ul><p>c</p>"),
        ("- ", "<p>- </p>"),
        ("a\n\nb", "<p>a\n\nb</p>"),
        ("", "<p></p>"),
    ];

    #[test]
    fn texts_are_formatted_as_in_the_app() {
        for (text, expected) in DRAWN {
            assert_eq!(formatted(text).into_string(), *expected, "{text}");
        }
    }

    #[test]
    fn addresses_are_links() {
        let link = |url: &str| format!("<a href=\"{url}\" rel=\"noopener noreferrer\">{url}</a>");
        for (text, expected) in [
            ("https://example.org/a_b_c", link("https://example.org/a_b_c")),
            ("see https://example.org.", format!("see {}.", link("https://example.org"))),
            ("(http://example.org)", format!("({})", link("http://example.org"))),
            ("*https://example.org*", format!("<strong>{}</strong>", link("https://example.org"))),
            ("HTTPS://example.org", link("HTTPS://example.org")),
            ("xhttps://example.org", "xhttps://example.org".to_owned()),
            ("https://", "https://".to_owned()),
            ("javascript:alert(1)", "javascript:alert(1)".to_owned()),
            ("https://a/\"onclick=x", format!("{}&quot;onclick=x", link("https://a/"))),
            ("https://a/<b>", format!("{}&lt;b&gt;", link("https://a/"))),
            ("https://a/\u{202e}b", format!("{}\u{202e}b", link("https://a/"))),
        ] {
            assert_eq!(formatted(text).into_string(), format!("<p>{expected}</p>"), "{text}");
        }
        assert_eq!(first_link("Look: https://a.example/x, http://b"), Some("https://a.example/x"));
        assert_eq!(first_link("ä://, http://b.example"), Some("http://b.example"));
        assert_eq!(first_link("ftp://a"), None);
    }

    #[test]
    fn work_grows_with_the_text_alone() {
        let parts = [
            "*a ",
            "_",
            "`",
            "```",
            "``` ",
            "*_~",
            "~a~ ",
            "https://",
            "http://a ",
            "h",
            "- a\n",
            "1. ",
            "> *\n",
            "\n",
            "\u{202e}*",
        ];
        for part in parts {
            let steps = |times: usize| measured(&part.repeat(times)).1;
            let (few, many) = (steps(1000), steps(10_000));
            assert!(many <= 11 * few, "{part:?}: {few} steps became {many}");
            assert!(many <= 10 * 10_000 * part.len() + 100, "{part:?}: {many} steps");
        }
    }
}
