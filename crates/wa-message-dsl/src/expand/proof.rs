//! How much of a message the compiler has proven.

use wa_message_spec::table::{Asks, Condition, Field, Object, Rule, Schema, Step, Term};

use crate::tree::{Content, Item, Tree};

/// Whether a document is valid as soon as each text that the program evaluates has a length that its
/// field takes: all other values are literals, and no rule looks at those texts.
pub(super) fn only_lengths_are_open(root: &'static Object, tree: &Tree) -> bool {
    value(Schema::Object(root), tree, true)
}

fn value(schema: Schema, tree: &Tree, required: bool) -> bool {
    match (&tree.content, schema) {
        (Content::Expression(_), Schema::Text(text)) => {
            // An optional one may turn out absent.
            required && text.values.is_none() && text.pattern.is_none() && text.format.is_none()
        }
        (Content::Object(_), Schema::Object(outer)) => object(outer, tree),
        (Content::Object(_), Schema::Json(_)) => !super::has_expression(tree),
        (Content::List(items), Schema::List(list)) => items
            .iter()
            .all(|item| matches!(item, Item::One(tree) if value(list.items, tree, true))),
        (
            Content::Null
            | Content::Boolean(_)
            | Content::Integer(_)
            | Content::Number(_)
            | Content::Text(_),
            _,
        ) => true,
        _ => false,
    }
}

fn object(object: &'static Object, tree: &Tree) -> bool {
    let field = |field: &Field| {
        let given = tree.member(field.name);
        given.is_none_or(|given| value(field.schema, given, field.required))
    };
    let mut next = Some(object);
    while let Some(object) = next {
        if object.rules.iter().any(|rule| looks_at_open(rule, tree)) {
            return false;
        }
        if !object.fields.iter().all(field) {
            return false;
        }
        next = match object.tag {
            None => None,
            Some(tag) => match tree.arm(tag) {
                None => return false,
                Some(arm) => Some(arm.object),
            },
        };
    }
    true
}

/// Whether a rule of an object may depend on a value that is not known.
pub(super) fn looks_at_open(rule: &Rule, tree: &Tree) -> bool {
    let condition = |condition: &Condition| match condition {
        Condition::Is { path, .. }
        | Condition::CountAbove { path, .. }
        | Condition::Absent(path) => reaches_open(tree, path),
        // What is not known here is left to the check at run time.
        _ => true,
    };
    rule.when.iter().any(condition) || asks_for_open(&rule.asks, tree)
}

fn asks_for_open(asks: &Asks, tree: &Tree) -> bool {
    let member = |name: &str| tree.member(name).is_some_and(is_open);
    let below = |path: &[Step], inner: &[Step]| {
        let path: Vec<_> = path.iter().chain(inner).copied().collect();
        reaches_open(tree, &path)
    };
    match asks {
        Asks::Unique(path)
        | Asks::Same { path, .. }
        | Asks::Contiguous(path)
        | Asks::Total { path, .. }
        | Asks::EachNeeds { path, .. }
        | Asks::MaxLength { path, .. }
        | Asks::OneOf { path, .. } => reaches_open(tree, path),
        Asks::SameCount { path, member } | Asks::AllOrNone { path, member } => {
            below(path, &[Step::Member(member)])
        }
        Asks::Sum { total, terms } => {
            let open =
                |term: &Term| term.add.iter().chain(&term.times).any(|path| below(term.over, path));
            reaches_open(tree, total) || terms.iter().any(open)
        }
        Asks::Less { lesser, greater } => reaches_open(tree, lesser) || reaches_open(tree, greater),
        Asks::Absent(name) | Asks::Present(name) => member(name),
        _ => true,
    }
}

/// Whether a value that is not known lies on a path or at its end.
fn reaches_open(tree: &Tree, path: &[Step]) -> bool {
    let inner = match (path.split_first(), &tree.content) {
        (Some((Step::Member(name), rest)), _) => {
            tree.member(name).is_some_and(|tree| reaches_open(tree, rest))
        }
        (Some((_, rest)), Content::List(items)) => {
            items.iter().flat_map(Item::trees).any(|tree| reaches_open(tree, rest))
        }
        _ => false,
    };
    inner || is_open(tree)
}

fn is_open(tree: &Tree) -> bool {
    matches!(
        tree.content,
        Content::Failed | Content::Const(_) | Content::Expression(_) | Content::Position
    )
}
