//! How much of a message the compiler has proven.

use wa_message_rules::table::{Asks, Condition, Field, Object, Rule, Schema, Step, Term};

use crate::tree::{Content, Item, Tree};

/// A text of which more than the length is to be looked at while the program runs.
pub(super) struct Formed {
    /// The member of the body that it is.
    pub(super) member: &'static str,
    tree: *const Tree,
}

impl Formed {
    pub(super) fn is_of(&self, tree: &Tree) -> bool {
        std::ptr::eq(self.tree, tree)
    }
}

/// The texts whose form is to be looked at, if a document is valid as soon as each text that the program
/// evaluates has a length that its field takes, and these their form: all other values are literals, and
/// no rule looks at those texts.
pub(super) fn only_texts_are_open(root: &'static Object, tree: &Tree) -> Option<Vec<Formed>> {
    let formed = formed(root, tree);
    let proof = Proof { formed: &formed };
    proof.value(Schema::Object(root), tree, true).then_some(formed)
}

/// The texts of the members of a body of which a rule, or their own field, asks a form.
///
/// The body alone: what checks them finds its table by itself.
fn formed(root: &'static Object, tree: &Tree) -> Vec<Formed> {
    let open = root.fields.iter().filter_map(|field| {
        let member = tree.member(field.name)?;
        matches!(member.content, Content::Expression(_)).then_some((field, member))
    });
    let asked = open.filter(|(field, _)| {
        let is_formed = |rule: &Rule| form_of(rule) == Some(field.name) && may_hold(rule, tree);
        has_form(field.schema) || root.rules.iter().any(is_formed)
    });
    asked.map(|(field, tree)| Formed { member: field.name, tree }).collect()
}

/// The member whose form alone a rule asks for.
fn form_of(rule: &Rule) -> Option<&'static str> {
    match rule.asks {
        Asks::Matches { path: [Step::Member(name)], .. } => Some(name),
        _ => None,
    }
}

/// Whether the conditions of a rule may hold, as far as a tag or another closed set of values decides.
fn may_hold(rule: &Rule, tree: &Tree) -> bool {
    rule.when.iter().all(|condition| match condition {
        Condition::Is { path: [Step::Member(name)], values, .. }
        | Condition::IsOrAbsent { path: [Step::Member(name)], values, .. } => {
            let given = tree.member(name).map(|given| &given.content);
            let is = |value: &str| values.iter().any(|known| known.eq_ignore_ascii_case(value));
            !matches!(given, Some(Content::Text(value)) if !is(value))
        }
        _ => true,
    })
}

fn has_form(schema: Schema) -> bool {
    matches!(schema, Schema::Text(text) if text.pattern.is_some() || text.format.is_some())
}

struct Proof<'f> {
    formed: &'f [Formed],
}

impl Proof<'_> {
    fn value(&self, schema: Schema, tree: &Tree, is_needed: bool) -> bool {
        match (&tree.content, schema) {
            (Content::Expression(_), Schema::Text(text)) => {
                // An optional one may turn out absent.
                is_needed && text.values.is_none() && (!has_form(schema) || self.is_formed(tree))
            }
            (Content::Object(_), Schema::Object(outer)) => self.object(outer, tree),
            (Content::Object(_), Schema::Json(_)) => !super::has_expression(tree),
            (Content::List(items), Schema::List(list)) => items
                .iter()
                .all(|item| matches!(item, Item::One(tree) if self.value(list.items, tree, true))),
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

    fn object(&self, object: &'static Object, tree: &Tree) -> bool {
        let mut next = Some(object);
        while let Some(object) = next {
            let field = |field: &Field| {
                let given = tree.member(field.name);
                given.is_none_or(|given| self.value(field.schema, given, tree.needs(object, field)))
            };
            if object.rules.iter().any(|rule| self.is_open(rule, tree)) {
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

    /// Whether a rule may be broken by what the program evaluates.
    fn is_open(&self, rule: &Rule, tree: &Tree) -> bool {
        let asks_form = form_of(rule).and_then(|name| tree.member(name));
        let Some(text) = asks_form.filter(|text| self.is_formed(text)) else {
            return looks_at_open(rule, tree) && may_hold(rule, tree);
        };
        // It is asked of the text alone, while the program runs, if nothing else is open.
        rule.when.iter().any(|condition| {
            let of_itself = |path: &[Step]| {
                matches!(path, [Step::Member(name)] if tree.member(name).is_some_and(|member| std::ptr::eq(member, text)))
            };
            !matches!(condition, Condition::Matches { path, .. } if of_itself(path))
                && condition_is_open(condition, tree)
        })
    }

    fn is_formed(&self, tree: &Tree) -> bool {
        self.formed.iter().any(|formed| formed.is_of(tree))
    }
}

/// Whether a rule of an object may depend on a value that is not known.
pub(super) fn looks_at_open(rule: &Rule, tree: &Tree) -> bool {
    rule.when.iter().any(|condition| condition_is_open(condition, tree))
        || asks_for_open(&rule.asks, tree)
}

fn condition_is_open(condition: &Condition, tree: &Tree) -> bool {
    match condition {
        Condition::Is { path, .. }
        | Condition::IsOrAbsent { path, .. }
        | Condition::CountAbove { path, .. }
        | Condition::Matches { path, .. }
        | Condition::Absent(path) => reaches_open(tree, path),
        // What is not known here is left to the check at run time.
        _ => true,
    }
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
        | Asks::Matches { path, .. }
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
