//! The model of what is shown.

/// How something is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The part that it plays.
    pub(crate) role: String,
    /// Words of the app.
    pub(crate) says: String,
    /// What the customer does who taps it.
    pub(crate) answer: String,
}

/// A named schema that is an object or a union, or both.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) name: String,
    pub(crate) object: Object,
    /// The union in it.
    pub(crate) union: Option<Union>,
    /// Whether a bubble is drawn of it.
    pub(crate) is_message: bool,
}

/// Members, and the schema whose union chooses among further ones.
#[derive(Debug)]
pub(crate) struct Object {
    /// What it is as a message.
    pub(crate) is: String,
    pub(crate) shown: Option<Shown>,
    pub(crate) fields: Vec<Field>,
    pub(crate) tag: Option<String>,
}

/// A member.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) shown: Option<Shown>,
    /// The schema of the object that it is, or that its items are.
    pub(crate) object: Option<String>,
}

/// A tag and what it chooses among.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) tag: String,
    pub(crate) arms: Vec<Arm>,
    pub(crate) default: Option<usize>,
}

/// What some values of a tag choose.
#[derive(Debug)]
pub(crate) struct Arm {
    pub(crate) values: Vec<String>,
    pub(crate) object: ArmObject,
}

/// Where the members of an arm are written down.
#[derive(Debug)]
pub(crate) enum ArmObject {
    Inline(Object),
    Named(String),
}
