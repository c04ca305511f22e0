//! Invocations from the tables.

use std::{collections::BTreeSet, fmt, sync::OnceLock};

use arbitrary::{Arbitrary, Result, Unstructured};
use wa_message_rules::table::{Object, Schema};
use wa_message_spec::tables;

/// How deep values lie inside each other.
const DEPTH_AT_MOST: usize = 12;

/// The text of an invocation.
pub struct Text(pub String);

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'a> Arbitrary<'a> for Text {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let mut writer = Writer { bytes, text: String::new() };
        writer.invocation()?;
        Ok(Self(writer.text))
    }
}

/// The names of the tables.
struct Names {
    /// Of members, tags and shorthands.
    keys: Vec<&'static str>,
    /// Of tags and enumerations.
    values: Vec<&'static str>,
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let (mut keys, mut values) = (BTreeSet::new(), BTreeSet::new());
        for root in tables::ROOTS {
            collect(root, &mut keys, &mut values);
        }
        Names { keys: keys.into_iter().collect(), values: values.into_iter().collect() }
    })
}

fn collect(
    object: &'static Object,
    keys: &mut BTreeSet<&'static str>,
    values: &mut BTreeSet<&'static str>,
) {
    keys.extend(object.refused.iter().map(|refused| refused.name));
    for field in object.fields {
        keys.insert(field.name);
        keys.extend(field.by_name.iter().map(|by_name| by_name.name));
        collect_schema(field.schema, keys, values);
    }
    if let Some(tag) = object.tag {
        keys.insert(tag.name);
        for arm in tag.arms {
            // The value of a tag may stand in place of a member.
            keys.insert(arm.value);
            values.insert(arm.value);
            collect(arm.object, keys, values);
        }
    }
}

fn collect_schema(
    schema: Schema,
    keys: &mut BTreeSet<&'static str>,
    values: &mut BTreeSet<&'static str>,
) {
    match schema {
        Schema::Text(text) => {
            values.extend(text.values.iter().flat_map(|values| values.names));
        }
        Schema::List(list) => collect_schema(list.items, keys, values),
        Schema::Object(object) => collect(object, keys, values),
        _ => {}
    }
}

/// Texts that limits and checks look at.
const TEXTS: &[&str] = &[
    "",
    "a",
    "+15550100",
    "https://example.com/a.png",
    "en_US",
    "0",
    "😀",
    "2024-02-29",
    " blank ",
    "line\\nbreak",
    "\\u{0}",
    "1.5",
];

const EXPRESSIONS: &[&str] = &[
    "value",
    "self.field",
    "make()",
    "&text[1..]",
    "(x)",
    "[a, b].concat()",
    "if a { b } else { c }",
    "match a { _ => b }",
    "|x| x",
    "Some(1)",
    "r#type",
    "b\"bytes\"",
    "'c'",
    "1u8",
    "\"text\".to_owned()",
    "macro!(a, b)",
    "async { 1 }",
    "..",
    "a as u8",
    "-x",
    "Thing { a: 1 }",
    "\"suffix\"z",
    "?",
];

struct Writer<'u, 'a> {
    bytes: &'u mut Unstructured<'a>,
    text: String,
}

impl Writer<'_, '_> {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push(' ');
    }

    fn choose(&mut self, from: &[&str]) -> Result<()> {
        let chosen = self.bytes.choose(from)?;
        self.push(chosen);
        Ok(())
    }

    fn invocation(&mut self) -> Result<()> {
        if self.bytes.ratio(1, 4)? {
            return self.object(0);
        }
        let kind = self.bytes.choose(tables::KINDS)?.name;
        let open = if self.bytes.ratio(1, 50)? { "" } else { "<" };
        let close = if self.bytes.ratio(1, 50)? { "" } else { ">" };
        self.push(&format!("{open}{kind}{close}"));
        self.fields(0)
    }

    fn fields(&mut self, depth: usize) -> Result<()> {
        while !self.bytes.is_empty() && !self.bytes.ratio(1, 5)? {
            let name = *self.bytes.choose(&names().keys)?;
            match self.bytes.int_in_range(0..=31)? {
                0 => self.push("unknown"),
                1 => self.push(&format!("r#{name}")),
                2..16 => self.push(&format!("{name:?}")),
                _ => self.push(name),
            }
            match self.bytes.int_in_range(0..=31)? {
                0 => {}
                1 => self.push(":"),
                _ => {
                    self.push(":");
                    self.value(depth + 1)?;
                }
            }
            self.comma()?;
        }
        Ok(())
    }

    fn comma(&mut self) -> Result<()> {
        if !self.bytes.ratio(1, 40)? {
            self.push(",");
        }
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Result<()> {
        let deep = depth >= DEPTH_AT_MOST;
        match self.bytes.int_in_range(0..=15)? {
            0..4 if !deep => self.object(depth),
            4..7 if !deep => self.list(depth),
            7 => {
                let value = *self.bytes.choose(&names().values)?;
                self.push(&format!("{value:?}"));
                Ok(())
            }
            8 => {
                let number: i64 = self.bytes.arbitrary()?;
                self.push(&number.to_string());
                Ok(())
            }
            9 => {
                let number: f64 = self.bytes.arbitrary()?;
                self.push(&format!("{number:?}"));
                Ok(())
            }
            10 => self.choose(&["true", "false", "null"]),
            11 => self.choose(EXPRESSIONS),
            12 if !deep => {
                self.push("const {");
                self.value(depth + 1)?;
                self.push("}");
                Ok(())
            }
            13 => {
                let length = self.bytes.int_in_range(0..=5_000)?;
                self.push(&format!("{:?}", "x".repeat(length)));
                Ok(())
            }
            _ => {
                let text = *self.bytes.choose(TEXTS)?;
                self.push(&format!("\"{text}\""));
                Ok(())
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<()> {
        self.push("{");
        self.fields(depth)?;
        self.push("}");
        Ok(())
    }

    fn list(&mut self, depth: usize) -> Result<()> {
        self.push("[");
        while !self.bytes.is_empty() && !self.bytes.ratio(1, 3)? {
            self.item(depth + 1)?;
            self.comma()?;
        }
        self.push("]");
        Ok(())
    }

    fn item(&mut self, depth: usize) -> Result<()> {
        match self.bytes.int_in_range(0..=7)? {
            0 => {
                self.push("..");
                self.choose(EXPRESSIONS)
            }
            1 => {
                self.push("for");
                self.choose(&["x", "(a, b)", "Some(x) | Ok(x)", "&x", "_", "1"])?;
                self.push("in");
                self.choose(EXPRESSIONS)?;
                self.object(depth)
            }
            2 => {
                self.push("if");
                self.choose(EXPRESSIONS)?;
                self.object(depth)?;
                if self.bytes.arbitrary()? {
                    self.push("else");
                    if self.bytes.ratio(1, 4)? {
                        return self.item(depth + 1);
                    }
                    self.object(depth)?;
                }
                Ok(())
            }
            _ => self.value(depth),
        }
    }
}
