//! Calls the places of the document by the names under which they were written.
//!
//! The rules speak of the document. The short form leaves out some of its names and has others, and an
//! error should name nothing that nobody wrote.

use std::borrow::Cow;

use wa_message_rules::{Item, Label, Node, Subject, Value, Violation, Wording, table::Object};

use crate::tree::{Content, Said, Tree};

/// The words for a violation in what was written.
pub(crate) struct WrittenAs<'t> {
    root: &'static Object,
    tree: &'t Tree,
    /// The value that is wrong, unless it is not there.
    place: Option<Place>,
    is_beginning: bool,
}

impl<'t> WrittenAs<'t> {
    pub(crate) fn new(root: &'static Object, tree: &'t Tree, found: &Violation<&Tree>) -> Self {
        let place = place(tree, found.path.as_str());
        let is_beginning = matches!(found.at.content, Content::AtLeast(_));
        Self { root, tree, place, is_beginning }
    }
}

impl Wording for WrittenAs<'_> {
    fn object(&self, label: Label) -> Label {
        let is_root = label == Label::Phrase(self.root.label);
        self.tree.label.filter(|_| is_root).unwrap_or(label)
    }

    fn value<'s>(&self, subject: &'s Subject) -> Cow<'s, Subject> {
        match &self.place {
            Some(Place { subject, is_renamed: true, .. }) if subject.member().is_some() => {
                Cow::Owned(subject.clone())
            }
            _ => Cow::Borrowed(subject),
        }
    }

    fn path<'p>(&self, path: &'p str) -> Cow<'p, str> {
        place(self.tree, path).map_or(Cow::Borrowed(path), |place| Cow::Owned(place.path))
    }

    fn is_beginning(&self) -> bool {
        self.is_beginning
    }
}

/// A place of the document, as what was written calls it.
struct Place {
    /// The way to it: `buttons[1].title`.
    path: String,
    /// The last of it.
    subject: Subject,
    /// Whether the last step has another name in the document, or none in what was written.
    is_renamed: bool,
}

/// Follows a path through the document. `None` where nothing lies at its end, and in the wire form, where
/// every place has its own name.
fn place(root: &Tree, path: &str) -> Option<Place> {
    let mut label = root.label?;
    let mut place = Place { path: String::new(), subject: Subject::of(label), is_renamed: false };
    let (mut tree, mut rest) = (root, path);
    while !rest.is_empty() {
        let (next, step, behind) = step(tree, rest)?;
        match (&next.said, step) {
            (Said::Unsaid, _) => place.is_renamed = true,
            (Said::Named(name), _) => place.enter(label, name, None, true),
            (Said::Plain, Step::Member(name)) => place.enter(label, name, None, false),
            (Said::Plain, Step::Item(index)) => {
                place.path = format!("{}[{index}]", place.path);
                let array = place.subject.member().unwrap_or_default();
                place.subject = Subject::named(label, array).item();
                place.is_renamed = false;
            }
            (Said::As { name, position }, _) => place.enter(label, name, *position, true),
        }
        label = next.label.unwrap_or(label);
        (tree, rest) = (next, behind);
    }
    Some(place)
}

impl Place {
    /// Goes to a member of the object that is called `owner`, or to an item of the member.
    fn enter(&mut self, owner: Label, name: &str, item: Option<usize>, is_renamed: bool) {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.path = format!("{}{dot}{name}", self.path);
        self.subject = Subject::named(owner, name);
        if let Some(index) = item {
            self.path = format!("{}[{index}]", self.path);
            self.subject = self.subject.clone().item();
        }
        self.is_renamed = is_renamed;
    }
}

enum Step<'t> {
    Member(&'t str),
    Item(usize),
}

/// The first step of a path, and what is left of it. The tree decides where a name ends, because a name
/// may hold anything.
fn step<'t, 'p>(tree: &'t Tree, path: &'p str) -> Option<(&'t Tree, Step<'t>, &'p str)> {
    match tree.value() {
        Value::List(items) => {
            let (index, rest) = path.strip_prefix('[')?.split_once(']')?;
            let index = index.parse().ok()?;
            let item: &Item<&Tree> = items.get(index)?;
            Some((item.node, Step::Item(index), rest))
        }
        Value::Object(members) => {
            let path = path.strip_prefix('.').unwrap_or(path);
            members.into_iter().find_map(|(name, tree)| {
                let rest = path.strip_prefix(name)?;
                let ends = rest.is_empty() || rest.starts_with(['.', '[']);
                ends.then_some((tree, Step::Member(name), rest))
            })
        }
        _ => None,
    }
}
