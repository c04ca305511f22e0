//! The tree of an invocation, and of the document that it means.

use proc_macro2::TokenStream;
use wa_message_rules::{
    Label,
    table::{Arm, Field, Object, Tag},
};

use crate::diagnostic::Spot;

/// A value.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    pub(crate) content: Content,
    pub(crate) spot: Spot,
    /// The name of the member that it is the value of.
    pub(crate) key: Option<Spot>,
    /// The place in the order of what was written.
    pub(crate) order: usize,
    /// How it is called in what was written.
    pub(crate) said: Said,
    /// What a sentence calls the object in whose place it stands, if it is one.
    pub(crate) label: Option<Label>,
    /// How a value of another type than is needed is probably meant to be written.
    pub(crate) hint: Option<String>,
    /// Whether it is the position in an array, and nobody wrote it.
    pub(crate) is_filled_in: bool,
}

/// How a value of the document is called in what was written.
#[derive(Debug, Clone, Default)]
pub(crate) enum Said {
    /// By its name or position in the document.
    #[default]
    Plain,
    /// Not at all, because the short form leaves it out.
    Unsaid,
    /// By a name that it was given, as one of several named values.
    Named(String),
    /// By another name, as an item at a position if it has one.
    As { name: String, position: Option<usize> },
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// There was an error, which is reported already.
    Failed,
    Null,
    Boolean(bool),
    Integer(i128),
    Number(f64),
    Text(String),
    Object(Vec<Member>),
    List(Vec<Item>),
    /// A `const { .. }` block.
    Const(TokenStream),
    /// Any other expression.
    Expression(Expression),
    /// A text that is at least this long. It stands only in what is known of an expression.
    AtLeast(String),
    /// The position in the array, which is known while the program runs.
    Position,
}

/// An expression that the program evaluates.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expression {
    pub(crate) tokens: TokenStream,
    /// Values that it has in one branch or another. There may be more of them.
    pub(crate) known: Vec<Tree>,
    /// Whether it is made the argument of a call: a field of something, out of which it would be moved, and
    /// what an error is to show together with its name.
    pub(crate) in_call: bool,
}

/// A member of an object.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) value: Tree,
}

/// An item of an array.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    /// A value.
    One(Tree),
    /// The items of an array that is made for itself, because it stands elsewhere.
    Splice(Tree),
    /// `..expression`
    Spread { items: TokenStream, tree: Tree },
    /// `for pattern in expression object`
    For { pattern: TokenStream, items: TokenStream, each: Tree },
    /// `if condition object else object`
    If { condition: TokenStream, then: Tree, otherwise: Option<Box<Item>> },
}

impl Tree {
    pub(crate) fn new(content: Content, spot: Spot) -> Self {
        Self {
            content,
            spot,
            key: None,
            order: 0,
            said: Said::Plain,
            label: None,
            hint: None,
            is_filled_in: false,
        }
    }

    /// The same value, called otherwise in what was written.
    pub(crate) fn said(self, said: Said) -> Self {
        Self { said, ..self }
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Tree> {
        match &self.content {
            Content::Object(members) => {
                members.iter().find(|member| member.name == name).map(|member| &member.value)
            }
            _ => None,
        }
    }

    pub(crate) fn member_mut(&mut self, name: &str) -> Option<&mut Tree> {
        match &mut self.content {
            Content::Object(members) => {
                let mut members = members.iter_mut();
                members.find(|member| member.name == name).map(|member| &mut member.value)
            }
            _ => None,
        }
    }

    /// Whether a member of an object has to be there, beside the others that are written.
    pub(crate) fn needs(&self, object: &Object, field: &Field) -> bool {
        object.needs(field, |name| self.member(name).is_some_and(|member| !member.is_null()))
    }

    /// The arm that the tag of an object chooses, if it is known.
    pub(crate) fn arm(&self, tag: &'static Tag) -> Option<&'static Arm> {
        match self.member(tag.name).map(|given| &given.content) {
            Some(Content::Text(value)) => tag.chosen(Some(value)),
            None | Some(Content::Null) => tag.chosen(None),
            _ => None,
        }
    }

    /// The tables that an object follows: its own, and those of the arms that its tags choose.
    pub(crate) fn objects(
        &self,
        object: &'static Object,
    ) -> impl Iterator<Item = &'static Object> + use<'_> {
        object.chosen(|_, tag| self.arm(tag))
    }

    /// Whether a value is given at all.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self.content, Content::Null)
    }
}

impl Item {
    /// In the place of an item that could not be understood, and was reported.
    pub(crate) fn failed(spot: Spot) -> Self {
        Self::Spread { items: TokenStream::new(), tree: Tree::new(Content::Failed, spot) }
    }

    /// All values of which the item can be made.
    pub(crate) fn trees(&self) -> Vec<&Tree> {
        match self {
            Self::Splice(Tree { content: Content::List(items), .. }) => {
                items.iter().flat_map(Self::trees).collect()
            }
            Self::If { then, otherwise, .. } => {
                let otherwise = otherwise.iter().flat_map(|otherwise| otherwise.trees());
                std::iter::once(then).chain(otherwise).collect()
            }
            item => vec![item.tree()],
        }
    }

    /// Says that the item is written under a name, at a position.
    pub(crate) fn say(&mut self, name: &str, position: &mut usize) {
        let mut said = |tree: &mut Tree| {
            tree.said = Said::As { name: name.to_owned(), position: Some(*position) };
            *position += 1;
        };
        match self {
            Self::One(tree) | Self::Splice(tree) | Self::Spread { tree, .. } => said(tree),
            Self::For { each, .. } => said(each),
            Self::If { then, otherwise, .. } => {
                said(then);
                if let Some(otherwise) = otherwise {
                    otherwise.say(name, position);
                }
            }
        }
    }

    /// The value, or the value of each round.
    pub(crate) fn tree(&self) -> &Tree {
        match self {
            Item::One(tree) | Item::Splice(tree) | Item::Spread { tree, .. } => tree,
            Item::For { each, .. } => each,
            Item::If { then, .. } => then,
        }
    }
}
