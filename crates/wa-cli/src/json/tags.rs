//! Reading what stands between values: space, comments, and the tags of templates.

use super::{
    blocks::Blocks,
    placeholder::{self, FORMS},
    read::Reader,
    tag::Tag,
};

impl<'t> Reader<'t> {
    /// Goes over space, comments and tags.
    pub(super) fn space(&mut self, blocks: &mut Blocks<'t>) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            self.at += rest.len() - trimmed.len();
            if let Some((length, tag)) = self.tag() {
                self.at += length;
                self.tags += usize::from(tag != Tag::Nothing);
                self.is_go |= matches!(tag, Tag::Opens { name: "", .. });
                blocks.take(tag);
            } else if !self.comment(trimmed) {
                return;
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

    /// The length of the placeholder that stands here, if it gives a value.
    pub(super) fn placeholder(&mut self) -> Option<usize> {
        self.any().filter(|(_, tag)| *tag == Tag::Value).map(|(length, _)| length)
    }

    /// The tag that stands here, with its length.
    pub(super) fn tag(&mut self) -> Option<(usize, Tag<'t>)> {
        self.any().filter(|(_, tag)| *tag != Tag::Value)
    }

    /// What stands here of a template. Outside of texts, it may be as long as it likes.
    fn any(&mut self) -> Option<(usize, Tag<'t>)> {
        let rest = self.rest();
        let form = FORMS.iter().position(|(open, _)| rest.starts_with(open))?;
        if !self.ends[form] {
            return None;
        }
        let Some(length) = placeholder::length_within(rest, usize::MAX) else {
            // What comes later has no end then, and nobody has to look again.
            self.ends[form] = false;
            return None;
        };
        let tag = Tag::of(&rest[..length], self.is_go);
        if matches!(tag, Tag::Opens { name: "comment", .. })
            && let Some(more) = self.end_of_comment(&rest[length..])
        {
            return Some((length + more, Tag::Nothing));
        }
        Some((length, tag))
    }

    /// How far it is behind `{% endcomment %}`.
    fn end_of_comment(&mut self, text: &str) -> Option<usize> {
        let has_end = &mut self.ends[FORMS.len()];
        let at = if *has_end { text.find("endcomment") } else { None };
        *has_end = at.is_some();
        Some(at? + text[at?..].find("%}")? + "%}".len())
    }
}
