//! The model of what comes back, with every keyword understood.

use crate::error::Place;

/// All that is generated from.
#[derive(Debug)]
pub(crate) struct Received {
    /// The fields that an app subscribes to.
    pub(crate) fields: Vec<WebhookField>,
    /// The union that a request is.
    pub(crate) root: String,
    /// The named schemas, in the order of the file.
    pub(crate) schemas: Vec<Schema>,
    /// What the customer of the sandbox does.
    pub(crate) customer: Customer,
}

/// What the customer of the sandbox does, and what the API posts then.
#[derive(Debug)]
pub(crate) struct Customer {
    /// The actions by their names, and the messages that they make.
    pub(crate) actions: Vec<(String, Vec<Made>)>,
    /// What becomes of a message that was sent: the words, what each of them means, and the JSON of the status.
    pub(crate) statuses: Vec<StatusMade>,
    /// The words of the statuses that come by themselves.
    pub(crate) by_itself: Vec<String>,
    /// The words of those that come by themselves for some kinds of message.
    pub(crate) fewer: Vec<(String, Vec<String>)>,
}

/// A message that an action makes.
#[derive(Debug)]
pub(crate) struct Made {
    /// Where in the message that it answers something stands that can be answered. Empty if it answers none.
    pub(crate) at: String,
    /// The member of what stands there by which it is chosen. Empty if it is the only one.
    pub(crate) by: String,
    /// The member of what stands there that goes into the JSON of the answer. Empty if none does.
    pub(crate) keeps: String,
    /// The JSON of what a customer fills in, as an example with holes. Empty if they fill in nothing.
    pub(crate) asks: String,
    /// The JSON of the message, with holes.
    pub(crate) gives: String,
}

/// A status that can be made.
#[derive(Debug)]
pub(crate) struct StatusMade {
    /// The word.
    pub(crate) word: String,
    /// What it means.
    pub(crate) description: String,
    /// The JSON of it, with holes.
    pub(crate) gives: String,
}

/// A field that an app subscribes to.
#[derive(Debug)]
pub(crate) struct WebhookField {
    /// The name.
    pub(crate) name: String,
    /// What it is about: the first tag.
    pub(crate) group: String,
    /// What it tells of.
    pub(crate) summary: String,
    /// The files with examples, from the folder of the description.
    pub(crate) examples: Vec<String>,
}

/// A named schema.
#[derive(Debug)]
pub(crate) enum Schema {
    /// An object.
    Object(Box<Object>),
    /// A union.
    Union(Union),
    /// A set of words that may grow.
    Words(Words),
    /// A value without members, which is written down wherever it is referred to.
    Scalar,
}

/// An object.
#[derive(Debug)]
pub(crate) struct Object {
    /// Where it stands.
    pub(crate) place: Place,
    /// The name of the type.
    pub(crate) name: String,
    /// What it is.
    pub(crate) description: String,
    /// Its members.
    pub(crate) members: Vec<Member>,
    /// The union beside them.
    pub(crate) content: Option<String>,
    /// Members that are all equal when the same event comes again.
    pub(crate) key: Option<Vec<String>>,
    /// Whom it is about.
    pub(crate) people: Vec<Person>,
    /// What is often looked for in its content.
    pub(crate) finds: Vec<Find>,
    /// Which file it is.
    pub(crate) file: Option<File>,
}

/// What is often looked for in the content of an object, wherever it stands there.
#[derive(Debug)]
pub(crate) struct Find {
    /// The name of the method that finds it.
    pub(crate) name: String,
    /// What it is.
    pub(crate) description: String,
    /// Where it may stand: values of tags, and then perhaps the name of a member.
    pub(crate) paths: Vec<String>,
}

/// Which file an object is: members.
#[derive(Debug)]
pub(crate) struct File {
    /// The id.
    pub(crate) id: String,
    /// The address.
    pub(crate) url: String,
    /// The hash.
    pub(crate) sha256: String,
    /// The type.
    pub(crate) kind: String,
}

/// Whom an object may be about: the members that say so.
#[derive(Debug)]
pub(crate) struct Person {
    /// The business-scoped user id.
    pub(crate) user_id: String,
    /// The phone number.
    pub(crate) number: String,
    /// A member, and its word with which these are not about a person.
    pub(crate) unless: Option<(String, String)>,
}

/// A member.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Where it stands.
    pub(crate) place: Place,
    /// The name in the JSON.
    pub(crate) name: String,
    /// What it is.
    pub(crate) description: String,
    /// What its value is.
    pub(crate) value: Type,
    /// Whether what is around it is of no use without it.
    pub(crate) required: bool,
    /// Whether it means something that it is missing, so that it cannot be left out where it does not have its form.
    pub(crate) essential: bool,
    /// Other names under which it comes.
    pub(crate) aliases: Vec<String>,
    /// The event that each item is.
    pub(crate) event: Option<String>,
    /// What every event around it is given of it.
    pub(crate) with_events: Option<WithEvents>,
}

/// What events are given of what stands around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithEvents {
    /// The account.
    Account,
    /// The time of the sending.
    Time,
    /// The business phone number.
    Number,
    /// People, of whom the one is given that the event is about.
    Contact,
    /// What was said before.
    Conversation,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    /// A text.
    Text(Form),
    /// A whole number.
    Integer(Form),
    /// A number.
    Number(Form),
    /// A truth value.
    Boolean(Form),
    /// A text that holds JSON.
    JsonText,
    /// Any JSON.
    Raw,
    /// Whether it is there. What it is may hold a secret and is not kept.
    Presence,
    /// A named set of words.
    Words(String),
    /// A named object.
    Object(String),
    /// A named union.
    Union(String),
    /// An array, and whether each item is read by itself.
    List(Box<Type>, bool),
}

/// The form in which a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// That of its type.
    Own,
    /// As a text.
    Text,
    /// As a number.
    Number,
}

/// A union whose last arm takes whatever the others do not know.
#[derive(Debug)]
pub(crate) struct Union {
    /// Where it stands.
    pub(crate) place: Place,
    /// The name of the type.
    pub(crate) name: String,
    /// What it is.
    pub(crate) description: String,
    /// The name of the tag.
    pub(crate) tag: String,
    /// The arms that are known.
    pub(crate) arms: Vec<Arm>,
    /// The number of the arm that is taken when the tag is absent.
    pub(crate) default: Option<usize>,
}

/// What one value of a tag chooses.
#[derive(Debug)]
pub(crate) struct Arm {
    /// The value of the tag.
    pub(crate) value: String,
    /// Other spellings of it.
    pub(crate) spellings: Vec<String>,
    /// What it is.
    pub(crate) description: String,
    /// The member beside the tag.
    pub(crate) member: Option<Member>,
    /// The members beside the tag, where no type is made of the union and there may be several.
    pub(crate) several: Vec<Member>,
}

/// A set of words that may grow.
#[derive(Debug)]
pub(crate) struct Words {
    /// The name of the type.
    pub(crate) name: String,
    /// What it is.
    pub(crate) description: String,
    /// Those that are known, and what they mean.
    pub(crate) known: Vec<(String, String)>,
    /// Other spellings, each with its word.
    pub(crate) spellings: Vec<(String, String)>,
    /// The words that make up a state, from the lowest on.
    pub(crate) rank: Vec<String>,
}

impl Received {
    /// The object of a name.
    pub(crate) fn object(&self, name: &str) -> Option<&Object> {
        self.schemas.iter().find_map(|schema| match schema {
            Schema::Object(object) if object.name == name => Some(&**object),
            _ => None,
        })
    }

    /// The union of a name.
    pub(crate) fn union(&self, name: &str) -> Option<&Union> {
        self.schemas.iter().find_map(|schema| match schema {
            Schema::Union(union) if union.name == name => Some(union),
            _ => None,
        })
    }

    /// The levels of a request, from the outside: the union of requests, the arrays in it, what their items are.
    pub(crate) fn envelope(&self) -> Option<Envelope<'_>> {
        let root = self.union(&self.root)?;
        let entry = root.arms.iter().find_map(|arm| self.items(arm.member.as_ref()?))?;
        let entry = self.object(entry)?;
        let changes = entry.members.iter().find(|member| self.items(member).is_some())?;
        let change = self.union(self.items(changes)?)?;
        Some(Envelope { root, entry, changes, change })
    }

    /// The name of what lies in an array whose items are read by themselves.
    pub(crate) fn items(&self, member: &Member) -> Option<&str> {
        let Type::List(items, true) = &member.value else { return None };
        // The name is looked up, because the one here does not live as long.
        let name = match &**items {
            Type::Object(name) => return self.object(name).map(|object| object.name.as_str()),
            Type::Union(name) => name,
            _ => return None,
        };
        self.union(name).map(|union| union.name.as_str())
    }

    /// The value of an arm, if it is an object.
    pub(crate) fn value(&self, arm: &Arm) -> Option<&Object> {
        match &arm.member.as_ref()?.value {
            Type::Object(name) => self.object(name),
            _ => None,
        }
    }
}

/// The levels of a request.
pub(crate) struct Envelope<'r> {
    /// What a request is.
    pub(crate) root: &'r Union,
    /// What is in it.
    pub(crate) entry: &'r Object,
    /// The array of what happened.
    pub(crate) changes: &'r Member,
    /// What happened, by field.
    pub(crate) change: &'r Union,
}

impl Object {
    /// The arrays whose items are events, with the name of the event.
    pub(crate) fn events(&self) -> impl Iterator<Item = (&Member, &str)> {
        self.members.iter().filter_map(|member| Some((member, member.event.as_deref()?)))
    }

    /// The member that events are given.
    pub(crate) fn with_events(&self, what: WithEvents) -> Option<&Member> {
        self.members.iter().find(|member| member.with_events == Some(what))
    }
}
