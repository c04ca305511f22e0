//! The JSON of a message as the rules see it, without a copy of anything.

use wa_message_rules::{Count, Item, Node, Value};

use crate::json;

impl<'t> Node<'t> for json::Node<'t> {
    fn value(self) -> Value<'t, Self> {
        match self.kind() {
            b'"' => self.string().map_or(Value::Unknown, Value::Text),
            b'{' => Value::Object(self.named_members().collect()),
            b'[' => {
                let items = self.items().into_iter().flatten();
                Value::List(items.map(|node| Item { node, count: Count::Once }).collect())
            }
            b't' | b'f' => self.boolean().map_or(Value::Unknown, Value::Boolean),
            b'n' => Value::Null,
            _ => match self.text().parse() {
                Ok(whole) => Value::Integer(whole),
                Err(_) => Value::Number(self.text().parse().unwrap_or(f64::INFINITY)),
            },
        }
    }

    // Most of what is asked for is a member, and to find it takes no list of all.
    fn member(self, name: &str) -> Option<Self> {
        self.named_members().find(|(found, _)| *found == name).map(|(_, member)| member)
    }
}
