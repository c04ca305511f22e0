//! Problems in the words of what was written.
//!
//! The rules speak of the document. The short form leaves out some of its names and has others, and an
//! error should name nothing that nobody wrote.

use wa_message_spec::{Item, Node, Problem, Value, table::Object};

use crate::tree::{Said, Tree};

/// A place of the document, as what was written calls it.
struct Place {
    /// The way to it: `buttons[1].title`.
    path: String,
    /// The last of it: "`title`", "an item of `buttons`".
    field: String,
    /// What a sentence calls the object that it stands in.
    owner: Option<String>,
    /// Whether the last step has another name in the document, or none in what was written.
    renamed: bool,
}

/// A problem at a path of the document, in the words of what was written.
pub(crate) fn reworded(
    root: &'static Object,
    tree: &Tree,
    path: &str,
    problem: &Problem,
) -> Problem {
    let mut problem = problem.clone();
    let Some(label) = &tree.label else { return problem };
    if let Some(owner) = problem.owner_mut()
        && owner == root.label
    {
        owner.clone_from(label);
    }
    if let Some(place) = place(tree, path)
        && place.renamed
        && let Some(field) = problem.field_mut()
    {
        // `amount.value` is the amount, where the amount itself is written.
        let inside = field.rfind('.').map(|at| field[at..].to_owned());
        *field = place.field;
        if let (Some(inside), Problem::NotLess { than, .. }) = (inside, &mut problem)
            && let Some(amount) = than.strip_suffix(&inside)
        {
            *than = format!("{amount}`");
        }
        if let (Some(owner), Some(said)) = (problem.owner_mut(), place.owner) {
            *owner = said;
        }
    }
    if let Some(first) = problem.first_mut()
        && let Some(place) = place(tree, first)
    {
        *first = place.path;
    }
    problem
}

/// Follows a path through the document. `None` where nothing lies at its end.
fn place(root: &Tree, path: &str) -> Option<Place> {
    let mut place =
        Place { path: String::new(), field: String::new(), owner: None, renamed: false };
    let mut label = root.label.clone();
    let mut tree = root;
    let mut rest = path;
    while !rest.is_empty() {
        let (next, step, behind) = step(tree, rest)?;
        match &next.said {
            Said::Unsaid => place.renamed = true,
            Said::Plain => {
                place.field = match &step {
                    Step::Member(name) => format!("`{name}`"),
                    Step::Item(_) => format!("an item of {}", last(&place.path)),
                };
                place.path = match step {
                    Step::Member(name) if place.path.is_empty() => name,
                    Step::Member(name) => format!("{}.{name}", place.path),
                    Step::Item(index) => format!("{}[{index}]", place.path),
                };
                (place.owner, place.renamed) = (label.clone(), false);
            }
            Said::As(name) => {
                place.field = match name.split_once('[') {
                    Some((array, _)) => format!("an item of `{array}`"),
                    None => format!("`{name}`"),
                };
                let dot = if place.path.is_empty() { "" } else { "." };
                place.path = format!("{}{dot}{name}", place.path);
                (place.owner, place.renamed) = (label.clone(), true);
            }
        }
        label = next.label.clone().or(label);
        (tree, rest) = (next, behind);
    }
    Some(place)
}

enum Step {
    Member(String),
    Item(usize),
}

/// The first step of a path, and what is left of it.
fn step<'t, 'p>(tree: &'t Tree, path: &'p str) -> Option<(&'t Tree, Step, &'p str)> {
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
                ends.then(|| (tree, Step::Member(name.to_owned()), rest))
            })
        }
        _ => None,
    }
}

/// What a sentence calls the last step of a path: "`buttons`".
fn last(path: &str) -> String {
    let path = path.split('[').next().unwrap_or(path);
    format!("`{}`", path.rsplit('.').next().unwrap_or(path))
}
