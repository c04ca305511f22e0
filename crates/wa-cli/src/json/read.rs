//! The reader of JSON texts, which goes on behind an error.

use std::borrow::Cow;

use super::{Content, Members, Span, Tree, placeholder, string::Unescaped, word::known_word};

/// How deep arrays and objects may lie inside each other, as readers of JSON have it.
const NESTED_AT_MOST: usize = 127;

/// How many errors are kept of a text.
const ERRORS_AT_MOST: usize = 20;

/// What is taken beside JSON.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// Comments, and a comma behind the last item.
    pub(crate) is_relaxed: bool,
    /// Something else behind the value.
    pub(crate) may_go_on: bool,
}

/// A text that was read.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    pub(crate) root: Tree<'t>,
    /// What is no JSON, and where.
    pub(crate) broken: Vec<(Span, String)>,
}

impl<'t> Document<'t> {
    /// Reads a text to its end, or to the end of its value.
    pub(crate) fn new(text: &'t str, style: Style) -> Self {
        let mut reader =
            Reader { text, at: 0, style, broken: Vec::new(), depth: 0, is_unclosed: false };
        if text.starts_with('\u{FEFF}') {
            reader.at = '\u{FEFF}'.len_utf8();
        }
        let root = reader.value();
        if !style.may_go_on {
            reader.space();
            if reader.at < text.len() {
                reader.report(reader.at, "nothing may stand behind the value");
            }
        }
        Self { root, broken: reader.broken }
    }
}

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    style: Style,
    broken: Vec<(Span, String)>,
    depth: usize,
    /// Whether a text was met that goes on to the end. None that comes later has an end then.
    pub(super) is_unclosed: bool,
}

/// What follows an item or a member.
enum Next {
    Another,
    End,
}

impl<'t> Reader<'t> {
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn report(&mut self, at: usize, because: impl Into<String>) {
        if self.broken.len() < ERRORS_AT_MOST {
            let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
            self.broken.push((Span::new(at, at + length), because.into()));
        }
    }

    /// Goes over space and comments, and says whether there was a statement of a template among them.
    fn space(&mut self) -> bool {
        let mut has_statement = false;
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            self.at += rest.len() - trimmed.len();
            if let Some(length) = placeholder::length(trimmed)
                && placeholder::is_statement(&trimmed[..length])
            {
                has_statement = true;
                self.at += length;
            } else if !self.comment(trimmed) {
                return has_statement;
            }
        }
    }

    /// Goes over a comment.
    fn comment(&mut self, text: &str) -> bool {
        let length = if text.starts_with("//") {
            text.find('\n').unwrap_or(text.len())
        } else if text.starts_with("/*") {
            text.find("*/").map_or(text.len(), |end| end + 2)
        } else {
            return false;
        };
        if !self.style.is_relaxed {
            self.report(self.at, "JSON has no comments");
        }
        self.at += length;
        true
    }

    fn value(&mut self) -> Tree<'t> {
        self.space();
        let start = self.at;
        let content = match self.peek() {
            None => {
                self.report(start, "the text ends where a value is expected");
                Content::Unknown
            }
            Some(_) if placeholder::length(self.rest()).is_some() => {
                self.at += placeholder::length(self.rest()).unwrap_or_default();
                self.behind_placeholder();
                Content::Unknown
            }
            Some(b'{' | b'[') if self.depth == NESTED_AT_MOST => {
                self.report(start, format!("nested deeper than {NESTED_AT_MOST} levels"));
                self.skip();
                Content::Unknown
            }
            Some(b'{') => self.object(),
            Some(b'[') => self.list(),
            Some(b'"') => self.text_value(),
            Some(_) => self.word(),
        };
        Tree { span: Span::new(start, self.at), key: None, content }
    }

    /// More of a value that a placeholder begins: `{{a}}{{b}}`, `{{count}}0`.
    fn behind_placeholder(&mut self) {
        loop {
            let rest = self.rest();
            let placeholder = placeholder::length(rest)
                .filter(|length| !placeholder::is_statement(&rest[..*length]));
            let more = |found: char| found.is_alphanumeric() || "._-+".contains(found);
            match placeholder
                .or_else(|| rest.chars().next().filter(|next| more(*next)).map(char::len_utf8))
            {
                Some(length) => self.at += length,
                None => return,
            }
        }
    }

    /// `true`, `false`, `null` or a number.
    fn word(&mut self) -> Content<'t> {
        let start = self.at;
        let is_part = |found: char| {
            !matches!(found, ',' | ']' | '}' | ':' | '"' | '{' | '[') && !found.is_whitespace()
        };
        let length = self.rest().find(|found| !is_part(found)).unwrap_or(self.rest().len());
        let word = &self.rest()[..length];
        self.at += length;
        // A placeholder in the middle or behind it: `1${x}`, `1{{x}}`.
        let inside = word.find('$').unwrap_or(length);
        let is_placeholder = |text: &str| {
            placeholder::length(text)
                .is_some_and(|length| !placeholder::is_statement(&text[..length]))
        };
        if inside > 0 && is_placeholder(&self.text[start + inside..]) {
            self.at = start + inside;
            self.behind_placeholder();
            return Content::Unknown;
        }
        if let Some(content) = known_word(word) {
            return content;
        }
        let because = if word.is_empty() {
            "a value is expected"
        } else if word.starts_with(|found: char| found.is_ascii_digit() || "+-.".contains(found)) {
            "JSON writes numbers in another way"
        } else {
            "a value is expected: texts need double quotes"
        };
        self.report(start, because);
        Content::Unknown
    }

    fn list(&mut self) -> Content<'t> {
        let opened = self.at;
        self.at += 1;
        self.depth += 1;
        let mut items = Vec::new();
        let mut is_repeated = self.space();
        if self.closes(b']') {
            self.depth -= 1;
            return Content::List { items, is_repeated };
        }
        loop {
            let item = self.value();
            items.push(item);
            match self.next(opened, b']', &mut is_repeated) {
                Next::Another => {}
                Next::End => break,
            }
        }
        self.depth -= 1;
        Content::List { items, is_repeated }
    }

    fn object(&mut self) -> Content<'t> {
        let opened = self.at;
        self.at += 1;
        self.depth += 1;
        let mut members = Members { is_open: self.space(), ..Members::default() };
        if !self.closes(b'}') {
            loop {
                self.member(&mut members);
                match self.next(opened, b'}', &mut members.is_open) {
                    Next::Another => {}
                    Next::End => break,
                }
            }
        }
        self.depth -= 1;
        Content::Object(Box::new(members))
    }

    fn member(&mut self, members: &mut Members<'t>) {
        members.is_open |= self.space();
        let start = self.at;
        if self.peek() != Some(b'"') {
            // A placeholder in the place of a member may come to any number of them.
            if let Some(length) = placeholder::length(self.rest()) {
                self.at += length;
                members.is_open = true;
                self.space();
                if self.peek() == Some(b':') {
                    self.at += 1;
                    self.value();
                }
                return;
            }
            self.report(start, "the name of a member is expected, in double quotes");
            members.is_open = true;
            self.resume();
            return;
        }
        let Content::Text(name) = self.text_value() else {
            // A name that is filled in later.
            members.is_open = true;
            self.behind_name(start, members);
            return;
        };
        let key = Span::new(start, self.at);
        if let Some(mut value) = self.behind_name(start, members) {
            value.key = Some(key);
            members.put(name, key, value);
        }
    }

    /// The value behind the name of a member.
    fn behind_name(&mut self, start: usize, members: &mut Members<'t>) -> Option<Tree<'t>> {
        self.space();
        if self.peek() == Some(b':') {
            self.at += 1;
            return Some(self.value());
        }
        let at = if self.at < self.text.len() { self.at } else { start };
        self.report(at, "a colon is expected behind the name");
        members.is_open = true;
        self.resume();
        None
    }

    /// Whether the bracket stands here, which is then passed.
    fn closes(&mut self, bracket: u8) -> bool {
        let closes = self.peek() == Some(bracket);
        self.at += usize::from(closes);
        closes
    }

    /// Goes to the next item or behind the closing bracket.
    fn next(&mut self, opened: usize, bracket: u8, has_statement: &mut bool) -> Next {
        let is_behind_statement = self.space();
        *has_statement |= is_behind_statement;
        if self.closes(bracket) {
            return Next::End;
        }
        match self.peek() {
            None => {
                self.report(opened, "the bracket is not closed");
                Next::End
            }
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                *has_statement |= self.space();
                if self.closes(bracket) {
                    if !self.style.is_relaxed && !*has_statement {
                        self.report(comma, "JSON has no comma behind the last one");
                    }
                    return Next::End;
                }
                if self.at >= self.text.len() {
                    self.report(opened, "the bracket is not closed");
                    return Next::End;
                }
                Next::Another
            }
            Some(b'}' | b']') => {
                self.report(self.at, "another bracket was opened");
                self.at += 1;
                Next::End
            }
            // Statements separate too: `{% endif %}`.
            Some(_) if is_behind_statement => Next::Another,
            Some(_) => {
                self.report(self.at, "a comma is expected");
                if self.peek() == Some(b'"') {
                    return Next::Another;
                }
                self.resume();
                self.next(opened, bracket, has_statement)
            }
        }
    }

    fn text_value(&mut self) -> Content<'t> {
        let start = self.at;
        let Some(length) = self.quoted() else {
            self.report(start, "the text is not closed");
            // Most forget the quote at the end of a line.
            let line = self.rest().find('\n').unwrap_or(self.rest().len());
            self.at += line;
            return Content::Unknown;
        };
        self.at += length;
        let inside = &self.text[start + 1..start + length - 1];
        if let Some(at) = inside.find(|found: char| found < ' ') {
            let says = "a line break or tab in a text is written with a backslash";
            self.report(start + 1 + at, says);
        }
        let text = if inside.contains('\\') {
            let unescaped = Unescaped::new(inside);
            if let Some((at, because)) = unescaped.broken {
                self.report(start + 1 + at, because);
            }
            Cow::Owned(unescaped.text)
        } else {
            Cow::Borrowed(inside)
        };
        match placeholder::without(&text) {
            Some(rest) if rest.trim().is_empty() => Content::Unknown,
            Some(rest) => Content::Around(rest.into()),
            None => Content::Text(text),
        }
    }
}
