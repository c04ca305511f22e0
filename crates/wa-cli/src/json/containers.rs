//! Reading arrays and objects.

use std::borrow::Cow;

use super::{Content, Members, Span, Tree, blocks::Blocks, read::Reader};

/// Where a bracket was opened, and how many tags came before it.
#[derive(Debug, Clone, Copy)]
struct Opened {
    at: usize,
    tags: usize,
}

/// What follows an item or a member.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    Another,
    End,
}

/// The members of an object while it is read.
#[derive(Debug, Default)]
struct Reading<'t> {
    members: Members<'t>,
    blocks: Blocks<'t>,
    /// The members behind the first tag. Whether they are there on a condition is known at the end.
    later: Vec<(Cow<'t, str>, Span, Tree<'t>)>,
}

impl<'t> Reading<'t> {
    fn put(&mut self, name: Cow<'t, str>, key: Span, value: Tree<'t>) {
        if self.blocks.is_open {
            self.later.push((name, key, value));
            self.blocks.count += 1;
        } else {
            self.members.put(name, key, value);
        }
    }

    fn end(mut self) -> Members<'t> {
        self.blocks.end();
        self.members.is_open |= self.blocks.is_open;
        if self.blocks.is_crossed {
            self.members.make_conditional();
        }
        let later = self.later.into_iter().zip(self.blocks.conditions());
        for ((name, key, value), is_conditional) in later {
            if is_conditional {
                self.members.put_conditional(name, value);
            } else {
                self.members.put(name, key, value);
            }
        }
        self.members
    }
}

impl<'t> Reader<'t> {
    fn open(&mut self) -> Opened {
        let opened = Opened { at: self.at, tags: self.tags };
        self.at += 1;
        self.depth += 1;
        opened
    }

    pub(super) fn list(&mut self) -> Content<'t> {
        let opened = self.open();
        let mut items = Vec::new();
        let mut blocks = Blocks::default();
        if self.begins(b']', &mut blocks) {
            loop {
                let tags = self.tags;
                let item = self.value(&mut blocks);
                if self.is_placeholder(&item) {
                    // It may come to any number of items, with the commas between them and behind.
                    blocks.is_open = true;
                    blocks.is_behind = true;
                }
                items.push(item);
                if self.next(opened, b']', &mut blocks, tags) == Next::End {
                    break;
                }
            }
        }
        self.depth -= 1;
        Content::List { items, is_repeated: blocks.is_open }
    }

    pub(super) fn is_placeholder(&self, item: &Tree<'t>) -> bool {
        let text = &self.text[item.span.range()];
        matches!(item.content, Content::Unknown)
            && ["{{", "${", "<%"].iter().any(|it| text.starts_with(it))
    }

    pub(super) fn object(&mut self) -> Content<'t> {
        let opened = self.open();
        let mut reading = Reading::default();
        if self.begins(b'}', &mut reading.blocks) {
            loop {
                let tags = self.tags;
                self.member(&mut reading);
                if self.next(opened, b'}', &mut reading.blocks, tags) == Next::End {
                    break;
                }
            }
        }
        self.depth -= 1;
        Content::Object(Box::new(reading.end()))
    }

    /// Goes to the first item, and says whether there is one.
    fn begins(&mut self, bracket: u8, blocks: &mut Blocks<'t>) -> bool {
        self.space(blocks);
        self.commas(blocks);
        !self.closes(bracket)
    }

    /// Goes over commas behind tags, which are there for what is there on a condition.
    fn commas(&mut self, blocks: &mut Blocks<'t>) {
        while blocks.is_behind && self.peek() == Some(b',') {
            self.at += 1;
            self.space(blocks);
        }
    }

    fn member(&mut self, reading: &mut Reading<'t>) {
        let start = self.at;
        let is_behind = std::mem::take(&mut reading.blocks.is_behind);
        if self.peek() != Some(b'"') {
            if let Some(length) = self.placeholder() {
                self.at += length;
                return self.any_members(reading);
            }
            let because = "the name of a member is expected, in double quotes";
            self.report_unless(is_behind, start, because);
            reading.members.is_open = true;
            return self.resume();
        }
        let name = self.text_value();
        let key = Span::new(start, self.at);
        self.space(&mut reading.blocks);
        if self.peek() != Some(b':') {
            let at = if self.at < self.text.len() { self.at } else { start };
            let by_tag = is_behind || reading.blocks.is_behind;
            self.report_unless(by_tag, at, "a colon is expected behind the name");
            reading.members.is_open = true;
            return self.resume();
        }
        self.at += 1;
        reading.blocks.is_behind = false;
        let mut value = self.value(&mut reading.blocks);
        if let Content::Text(name) = name {
            value.set_key(key);
            reading.put(name, key, value);
        } else {
            // A name that is filled in later.
            reading.members.is_open = true;
        }
    }

    /// Behind a placeholder in the place of a member, which may come to any number of them, or to a name.
    fn any_members(&mut self, reading: &mut Reading<'t>) {
        self.tags += 1;
        reading.members.is_open = true;
        self.space(&mut reading.blocks);
        if self.peek() == Some(b':') {
            self.at += 1;
            self.value(&mut reading.blocks);
        } else {
            reading.blocks.is_behind = true;
        }
    }

    /// Whether the bracket stands here, which is then passed.
    fn closes(&mut self, bracket: u8) -> bool {
        let closes = self.peek() == Some(bracket);
        self.at += usize::from(closes);
        closes
    }

    /// Goes to the next item or behind the closing bracket. `tags` are those before the item.
    fn next(&mut self, opened: Opened, bracket: u8, blocks: &mut Blocks<'t>, tags: usize) -> Next {
        loop {
            self.space(blocks);
            if self.closes(bracket) {
                return Next::End;
            }
            match self.peek() {
                None => return self.unclosed(opened),
                Some(b',') => return self.behind_comma(opened, bracket, blocks),
                Some(b'}' | b']') => {
                    let by_tag = self.tags != opened.tags;
                    self.report_unless(by_tag, self.at, "another bracket was opened");
                    self.at = self.text.len().min(self.at + 1);
                    return Next::End;
                }
                // Tags separate too: `{% endif %}`.
                Some(_) if blocks.is_behind => return Next::Another,
                // It may come to a comma and more members: `{"a": 1 ${more}}`.
                Some(b'{' | b'$' | b'<') if self.placeholder().is_some() => {
                    self.at += self.placeholder().unwrap_or_default();
                    self.tags += 1;
                    blocks.is_open = true;
                    blocks.is_behind = true;
                }
                Some(_) => {
                    self.report_unless(self.tags != tags, self.at, "a comma is expected");
                    if self.peek() == Some(b'"') {
                        return Next::Another;
                    }
                    self.resume();
                }
            }
        }
    }

    fn unclosed(&mut self, opened: Opened) -> Next {
        let by_tag = self.tags != opened.tags;
        self.report_unless(by_tag, opened.at, "the bracket is not closed");
        Next::End
    }

    fn behind_comma(&mut self, opened: Opened, bracket: u8, blocks: &mut Blocks<'t>) -> Next {
        let comma = self.at;
        self.at += 1;
        blocks.is_behind = false;
        self.space(blocks);
        self.commas(blocks);
        if self.closes(bracket) {
            if !self.style.is_relaxed && !blocks.is_behind {
                self.report(comma, "JSON has no comma behind the last one");
            }
            return Next::End;
        }
        if self.at >= self.text.len() {
            return self.unclosed(opened);
        }
        Next::Another
    }
}
