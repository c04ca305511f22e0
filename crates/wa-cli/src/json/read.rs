//! The reader of JSON texts, which goes on behind an error.

use std::borrow::Cow;

use super::{
    Content, Span, Tree,
    blocks::Blocks,
    pieces::{self, Pieces},
    placeholder::FORMS,
    skip::Quoted,
    string::Unescaped,
    tag::Tag,
    word::known_word,
};

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
    /// Whether tags of a template stand in it in such a way that nothing is known of it.
    pub(crate) is_doubtful: bool,
}

impl<'t> Document<'t> {
    /// Reads a text to its end, or to the end of its value.
    pub(crate) fn new(text: &'t str, style: Style) -> Self {
        let mut reader = Reader {
            text,
            at: 0,
            style,
            broken: Vec::new(),
            depth: 0,
            is_unclosed: false,
            tags: 0,
            is_go: false,
            ends: [true; FORMS.len() + 1],
            is_doubtful: false,
        };
        if text.starts_with('\u{FEFF}') {
            reader.at = '\u{FEFF}'.len_utf8();
        }
        let mut root = reader.root();
        if reader.is_doubtful {
            root.content = Content::Unknown;
        }
        Self { root, broken: reader.broken, is_doubtful: reader.is_doubtful }
    }
}

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) style: Style,
    broken: Vec<(Span, String)>,
    pub(super) depth: usize,
    /// Whether a text was met that goes on to the end. None that comes later has an end then.
    pub(super) is_unclosed: bool,
    /// How many tags of a template were met outside of texts.
    pub(super) tags: usize,
    /// Whether one of them may be of Go.
    pub(super) is_go: bool,
    /// Whether the end of each form of placeholder may come further behind, and the tag that ends a comment.
    pub(super) ends: [bool; FORMS.len() + 1],
    pub(super) is_doubtful: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn report(&mut self, at: usize, because: impl Into<String>) {
        if self.broken.len() < ERRORS_AT_MOST && !self.is_doubtful {
            let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
            self.broken.push((Span::new(at, at + length), because.into()));
        }
    }

    /// Reports what is wrong, unless a tag of a template may put it right. Then nothing more is known of the text, and
    /// none of it is read.
    pub(super) fn report_unless(&mut self, by_tag: bool, at: usize, because: &str) {
        if by_tag {
            self.is_doubtful = true;
            self.at = self.text.len();
        } else {
            self.report(at, because);
        }
    }

    /// The value of the text. A template may have several to choose from.
    fn root(&mut self) -> Tree<'t> {
        let mut blocks = Blocks::default();
        let first = self.value(&mut blocks);
        let mut all = Vec::new();
        while !self.style.may_go_on {
            self.space(&mut blocks);
            if self.at >= self.text.len() {
                break;
            }
            // A place before or behind the body may come to nothing: `{{ set_lang() }}`.
            let is_template =
                self.tags > 0 || self.is_placeholder(&first) || self.placeholder().is_some();
            if !is_template || !self.begins_value() {
                self.report_unless(is_template, self.at, "nothing may stand behind the value");
                break;
            }
            all.push(self.single(&mut blocks));
        }
        if all.is_empty() {
            return first;
        }
        all.insert(0, first);
        Tree::one_of(all)
    }

    /// A value, or several of which a template chooses: `{% if x %}1{% else %}2{% endif %}`.
    pub(super) fn value(&mut self, blocks: &mut Blocks<'t>) -> Tree<'t> {
        let before = blocks.before();
        self.space(blocks);
        let is_chosen = blocks.is_inside(before);
        let first = self.single(blocks);
        if !is_chosen {
            blocks.behind(before);
            return first;
        }
        let mut all = vec![first];
        loop {
            self.space(blocks);
            if !blocks.is_behind || !blocks.is_inside(before) || !self.begins_value() {
                break;
            }
            all.push(self.single(blocks));
        }
        blocks.behind(before);
        Tree::one_of(all)
    }

    /// Whether something stands here with which a value begins.
    fn begins_value(&self) -> bool {
        let rest = self.rest();
        rest.starts_with(|found: char| found.is_ascii_digit() || "\"[{-".contains(found))
            || rest.starts_with("${")
            || rest.starts_with("<%")
            || ["true", "false", "null"].iter().any(|word| rest.starts_with(word))
    }

    /// One value.
    fn single(&mut self, blocks: &mut Blocks<'t>) -> Tree<'t> {
        let start = self.at;
        let is_behind = std::mem::take(&mut blocks.is_behind);
        let content = match self.peek() {
            // The tag gives the value: `{% include "rows" %}`.
            None | Some(b',' | b'}' | b']') if is_behind => {
                blocks.is_behind = true;
                Content::Unknown
            }
            None => {
                self.report(start, "the text ends where a value is expected");
                Content::Unknown
            }
            Some(b'{' | b'$' | b'<') if self.placeholder().is_some() => {
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
            Some(b'"') => return self.text_tree(),
            Some(_) => self.word(is_behind),
        };
        Tree { span: Span::new(start, self.at), key: None, content }
    }

    /// More of a value that a placeholder begins: `{{a}}{{b}}`, `{{count}}0`.
    fn behind_placeholder(&mut self) {
        let is_more = |found: &char| found.is_alphanumeric() || "._-+".contains(*found);
        while let Some(length) = self
            .placeholder()
            .or_else(|| self.rest().chars().next().filter(is_more).map(char::len_utf8))
        {
            self.at += length;
        }
    }

    /// `true`, `false`, `null` or a number. Directly behind a tag, it may be the rest of something.
    fn word(&mut self, is_behind: bool) -> Content<'t> {
        let start = self.at;
        let is_part = |found: char| {
            !matches!(found, ',' | ']' | '}' | ':' | '"' | '{' | '[') && !found.is_whitespace()
        };
        let length = self.rest().find(|found| !is_part(found)).unwrap_or(self.rest().len());
        let tag = self.rest()[..length].find("<%").filter(|at| *at > 0);
        let length = tag.unwrap_or(length);
        let word = &self.rest()[..length];
        // A placeholder in the middle or behind it: `1${x}`, `1{{x}}`.
        let inside = word.find('$').unwrap_or(length);
        if inside > 0 {
            self.at = start + inside;
            if self.placeholder().is_some() {
                self.behind_placeholder();
                return Content::Unknown;
            }
            if matches!(self.tag(), Some((_, Tag::Opens { .. } | Tag::Alone))) {
                return Content::Unknown;
            }
        }
        self.at = start + length;
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
        self.report_unless(is_behind, start, because);
        Content::Unknown
    }

    /// A text in quotes.
    fn text_tree(&mut self) -> Tree<'t> {
        let start = self.at;
        let content = self.text_value();
        let tree = Tree { span: Span::new(start, self.at), key: None, content };
        if matches!(tree.content, Content::Around(_)) { Tree::one_of(vec![tree]) } else { tree }
    }

    pub(super) fn text_value(&mut self) -> Content<'t> {
        let start = self.at;
        let Some(Quoted { length, may_have_places }) = self.quoted() else {
            self.report(start, "the text is not closed");
            // Most forget the quote at the end of a line.
            let line = self.rest().find('\n').unwrap_or(self.rest().len());
            self.at += line;
            return Content::Unknown;
        };
        self.at += length;
        let inside = &self.text[start + 1..start + length - 1];
        if !may_have_places {
            return Content::Text(self.meaning(start + 1, inside));
        }
        let Pieces { all: pieces, has_tags, .. } = pieces::pieces(inside);
        let mut text = Cow::Borrowed("");
        for piece in &pieces {
            let meaning = self.meaning(start + 1 + piece.at, piece.text);
            // Of what stands on a condition, nobody knows how much is there.
            if piece.is_certain {
                if text.is_empty() { text = meaning } else { text += meaning }
            }
        }
        match pieces.len() {
            1 => Content::Text(text),
            _ if text.trim().is_empty() && !has_tags => Content::Unknown,
            _ => Content::Around(text.into()),
        }
    }

    /// What a piece of a text means.
    fn meaning(&mut self, start: usize, piece: &'t str) -> Cow<'t, str> {
        if let Some(at) = piece.find(|found: char| found < ' ') {
            self.report(start + at, "a line break or tab in a text is written with a backslash");
        }
        if !piece.contains('\\') {
            return Cow::Borrowed(piece);
        }
        let unescaped = Unescaped::new(piece);
        if let Some((at, because)) = unescaped.broken {
            self.report(start + at, because);
        }
        Cow::Owned(unescaped.text)
    }
}
