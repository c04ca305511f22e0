//! How much of a message the compiler has proven.

use wa_message_rules::table::{Asks, Condition, Field, Object, Rule, Schema, Step, Term};

use super::known;
use crate::tree::{Content, Item, Tree};

/// A rule of the body that looks at nothing but a text which the program evaluates.
pub(super) struct TextRule {
    /// Which of the rules of the body it is.
    pub(super) number: usize,
    text: *const Tree,
    /// Whether it is to be checked: what else it depends on is known, and may say that it is not.
    pub(super) applies: bool,
}

impl TextRule {
    pub(super) fn looks_at(&self, tree: &Tree) -> bool {
        std::ptr::eq(self.text, tree)
    }
}

/// The rules that are to be checked while the program runs, if a document is valid as soon as each text that
/// the program evaluates keeps its own limits, and these: all other values are literals, and no other rule
/// looks at those texts.
pub(super) fn only_texts_are_open(root: &'static Object, tree: &Tree) -> Option<Vec<TextRule>> {
    let rules = text_rules(root, tree);
    let proof = Proof { root, rules: &rules };
    let is_proven = proof.value(Schema::Object(root), tree, true) && are_alike(root, &rules);
    is_proven.then_some(rules)
}

/// Of the body alone: deeper inside there is no such rule that somebody would miss.
fn text_rules(root: &'static Object, tree: &Tree) -> Vec<TextRule> {
    let rule = |(number, rule): (usize, &Rule)| {
        let Asks::Matches { path: [Step::Member(name)], .. } = rule.asks else { return None };
        let text = tree.member(name)?;
        if rule.says.is_empty() || !matches!(text.content, Content::Expression(_)) {
            return None;
        }
        Some(TextRule { number, text, applies: applies(rule, name, tree)? })
    };
    root.rules.iter().enumerate().filter_map(rule).collect()
}

/// Whether the rules that apply to each text depend on the same, so that one constant has them all.
fn are_alike(root: &Object, rules: &[TextRule]) -> bool {
    let others = |rule: &TextRule| {
        let rule = &root.rules[rule.number];
        let of_itself = |condition: &&Condition| match (condition, &rule.asks) {
            (Condition::Matches { path: known, .. }, Asks::Matches { path, .. }) => known == path,
            _ => false,
        };
        rule.when.iter().filter(|condition| !of_itself(condition)).collect::<Vec<_>>()
    };
    let applying = || rules.iter().filter(|rule| rule.applies);
    applying().all(|one| {
        let mut same = applying().filter(|other| std::ptr::eq(one.text, other.text));
        same.all(|other| others(one) == others(other))
    })
}

/// Whether everything holds that a rule depends on beside the text of this name, if that is known.
fn applies(rule: &Rule, name: &str, tree: &Tree) -> Option<bool> {
    let mut all = true;
    for condition in rule.when {
        all &= match condition {
            Condition::Matches { path: [Step::Member(known)], .. } if *known == name => true,
            Condition::Is { path: [Step::Member(name)], values, .. } => {
                is_among(tree.member(name), values, false)?
            }
            Condition::IsOrAbsent { path: [Step::Member(name)], values, .. } => {
                is_among(tree.member(name), values, true)?
            }
            _ => return None,
        };
    }
    Some(all)
}

/// Whether a text is one of some words, if that is known.
fn is_among(value: Option<&Tree>, words: &[&str], if_absent: bool) -> Option<bool> {
    match value.map(|value| &value.content) {
        None | Some(Content::Null) => Some(if_absent),
        Some(Content::Text(value)) => {
            Some(words.iter().any(|word| word.eq_ignore_ascii_case(value)))
        }
        Some(_) => None,
    }
}

/// Whether the conditions of a rule may hold, as far as a tag or another closed set of values decides.
fn may_hold(rule: &Rule, tree: &Tree) -> bool {
    rule.when.iter().all(|condition| match condition {
        Condition::Is { path: [Step::Member(name)], values, .. }
        | Condition::IsOrAbsent { path: [Step::Member(name)], values, .. } => {
            is_among(tree.member(name), values, true) != Some(false)
        }
        _ => true,
    })
}

struct Proof<'r> {
    root: &'static Object,
    rules: &'r [TextRule],
}

impl Proof<'_> {
    fn value(&self, schema: Schema, tree: &Tree, is_needed: bool) -> bool {
        match (&tree.content, schema) {
            (Content::Expression(_), Schema::Text(text)) => {
                // An optional one may turn out absent.
                is_needed && text.values.is_none()
            }
            (Content::Object(_), Schema::Object(outer)) => self.object(outer, tree),
            (Content::Object(_), Schema::Json(_)) => !known::has_expression(tree),
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

    /// Whether a rule may be broken by what the program evaluates, and is no rule of one text.
    fn is_open(&self, rule: &Rule, tree: &Tree) -> bool {
        let mut rules = self.rules.iter().map(|known| &self.root.rules[known.number]);
        !rules.any(|known| std::ptr::eq(known, rule))
            && looks_at_open(rule, tree)
            && may_hold(rule, tree)
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
