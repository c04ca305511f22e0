//! Objects with known members.

use super::Reader;
use crate::{
    error::Result,
    read::keys::Keys,
    received::model::{File, Find, Member, Object, Person, Type, WithEvents},
    yaml::Node,
};

impl Reader<'_> {
    pub(super) fn object(&self, name: &str, node: &Node) -> Result<Object> {
        let mut keys = Keys::new(node)?;
        keys.expect_type("object")?;
        if self.each_says_answer && !keys.flag("x-answer")? {
            return Err(node.error("an answer says `x-answer: true`"));
        }
        let description = keys.need("description")?.text()?.to_owned();
        let key = keys.take("x-event-key").map(Node::texts).transpose()?;
        let people = keys.take("x-person").map(people).transpose()?.unwrap_or_default();
        keys.leave_to_shown();
        let finds = keys.take("x-finds").map(finds).transpose()?.unwrap_or_default();
        let file = keys.take("x-file").map(file).transpose()?;
        let content = keys.take("allOf").map(|parts| self.content(parts)).transpose()?;
        let members = self.members(&mut keys, None)?;
        keys.finish()?;
        let object = Object {
            place: node.place.clone(),
            name: name.to_owned(),
            description,
            members,
            content,
            key,
            people,
            finds,
            file,
        };
        Ok(object)
    }

    /// The union beside members.
    fn content(&self, parts: &Node) -> Result<String> {
        let refused = || parts.error("`allOf` takes one `$ref`, to a union");
        let [part] = parts.items()? else { return Err(refused()) };
        let mut keys = Keys::new(part)?;
        let target = self.follow(keys.need("$ref")?)?;
        keys.finish()?;
        match target {
            Type::Union(name) => Ok(name),
            _ => Err(refused()),
        }
    }

    /// The members, but for a tag.
    pub(super) fn members(&self, keys: &mut Keys<'_>, tag: Option<&str>) -> Result<Vec<Member>> {
        let (properties, names) = keys.properties()?;
        let own = properties.iter().filter(|(name, _)| Some(name.as_str()) != tag);
        own.map(|(name, node)| self.member(name, node, names.contains(name))).collect()
    }

    fn member(&self, name: &str, node: &Node, required: bool) -> Result<Member> {
        let mut keys = Keys::new(node)?;
        let description = keys.need("description")?.text()?.to_owned();
        let aliases = keys.names("x-aliases")?;
        keys.leave_to_shown();
        let essential = keys.flag("x-essential")?;
        if essential && self.each_says_answer {
            let message = "`x-essential` goes with a member of a webhook";
            return Err(node.error(message));
        }
        let event = keys.take("x-event").map(Node::text).transpose()?.map(str::to_owned);
        let with_events = keys.take("x-with-events").map(with_events).transpose()?;
        let value = match keys.take("$ref") {
            Some(reference) => self.follow(reference)?,
            None => self.value(&mut keys, node)?,
        };
        keys.finish()?;
        if event.is_some()
            && !matches!(&value, Type::List(items, true) if matches!(**items, Type::Object(_)))
        {
            let message = "`x-event` goes with an array of objects that has `x-each-alone: true`";
            return Err(node.error(message));
        }
        let place = node.place.clone();
        let name = name.to_owned();
        Ok(Member {
            place,
            name,
            description,
            value,
            required,
            essential,
            aliases,
            event,
            with_events,
        })
    }
}

fn people(node: &Node) -> Result<Vec<Person>> {
    node.items()?.iter().map(person).collect()
}

fn person(node: &Node) -> Result<Person> {
    let mut keys = Keys::new(node)?;
    let (user_id, number) = (keys.text("user-id")?, keys.text("number")?);
    let unless = keys.take("unless").map(unless).transpose()?;
    keys.finish()?;
    Ok(Person { user_id, number, unless })
}

/// A member and its word.
fn unless(node: &Node) -> Result<(String, String)> {
    match node.members()? {
        [(member, word)] => Ok((member.clone(), word.text()?.to_owned())),
        _ => Err(node.error("`unless` takes one member and its word")),
    }
}

fn finds(node: &Node) -> Result<Vec<Find>> {
    let find = |(name, node): &(String, Node)| {
        let mut keys = Keys::new(node)?;
        let description = keys.need("description")?.text()?.to_owned();
        let paths = keys.names("at")?;
        keys.finish()?;
        Ok(Find { name: name.clone(), description, paths })
    };
    node.members()?.iter().map(find).collect()
}

fn file(node: &Node) -> Result<File> {
    let mut keys = Keys::new(node)?;
    let mut name = |keyword| keys.need(keyword)?.text().map(str::to_owned);
    let file =
        File { id: name("id")?, url: name("url")?, sha256: name("sha256")?, kind: name("type")? };
    keys.finish()?;
    Ok(file)
}

fn with_events(node: &Node) -> Result<WithEvents> {
    Ok(match node.text()? {
        "account" => WithEvents::Account,
        "time" => WithEvents::Time,
        "number" => WithEvents::Number,
        "contact" => WithEvents::Contact,
        "conversation" => WithEvents::Conversation,
        other => {
            return Err(node.error(format!(
                "events are given `account`, `time`, `number`, `contact` or `conversation`, and no `{other}`"
            )));
        }
    })
}
