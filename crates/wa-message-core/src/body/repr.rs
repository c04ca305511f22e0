//! How a checked body is kept: as data, as JSON, or both.

use std::{
    panic::{RefUnwindSafe, UnwindSafe},
    sync::OnceLock,
};

use crate::{
    body::{Body, written},
    json::{self, pieces::Json},
    write::escaped,
};

#[derive(Clone)]
pub(crate) enum Repr<B: 'static> {
    /// What was known when the program was compiled: the data, and their JSON.
    Fixed { object: &'static B, json: Known<B> },
    /// The data, and the JSON if it has been written.
    Data(Box<dyn Owned<B>>),
    /// The JSON that the macro wrote. Hardly anybody who sends it looks at the data, which are read
    /// when somebody does. The box keeps constants free of what can change inside of them.
    Json { json: Vec<u8>, read: Box<OnceLock<Box<dyn Owned<B>>>> },
}

/// The JSON of a constant, or how it is written.
///
/// What writes it is named where a constant needs it, so that a program without such constants does not
/// link the writers of all types.
pub(crate) enum Known<B: 'static> {
    Json(&'static str),
    Unwritten(fn(&B) -> Vec<u8>),
}

impl<B> Clone for Known<B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<B> Copy for Known<B> {}

impl<B: Body> Known<B> {
    pub(crate) const fn new(json: Option<&'static str>) -> Self {
        match json {
            Some(json) => Self::Json(json),
            None => Self::Unwritten(written::<B>),
        }
    }
}

/// Data behind a pointer to all that is done with them.
///
/// A message is to fit into an enum, and data are large. And a program that sends what the macro has
/// written as JSON, and nothing else, makes no data: it does not link what writes, copies and drops them.
pub(crate) trait Owned<B>: Send + Sync + UnwindSafe + RefUnwindSafe {
    fn object(&self) -> &B;

    /// The JSON, if it has been written.
    fn known_json(&self) -> Option<&[u8]>;

    fn to_json(&self) -> Vec<u8>;

    fn into_json(self: Box<Self>) -> Vec<u8>;

    fn into_object(self: Box<Self>) -> B;

    fn boxed_clone(&self) -> Box<dyn Owned<B>>;
}

impl<B> Clone for Box<dyn Owned<B>> {
    fn clone(&self) -> Self {
        (**self).boxed_clone()
    }
}

#[derive(Clone)]
struct Data<B> {
    object: B,
    json: Json,
}

impl<B: Body> Owned<B> for Data<B> {
    fn object(&self) -> &B {
        &self.object
    }

    fn known_json(&self) -> Option<&[u8]> {
        self.json.bytes()
    }

    fn to_json(&self) -> Vec<u8> {
        self.known_json().map_or_else(|| written(&self.object), <[u8]>::to_vec)
    }

    fn into_json(self: Box<Self>) -> Vec<u8> {
        let Self { object, json } = *self;
        json.into_bytes().unwrap_or_else(|| written(&object))
    }

    fn into_object(self: Box<Self>) -> B {
        self.object
    }

    fn boxed_clone(&self) -> Box<dyn Owned<B>> {
        Box::new(self.clone())
    }
}

impl<B> Repr<B> {
    pub(crate) fn json(json: Vec<u8>) -> Self {
        Self::Json { json, read: Box::new(OnceLock::new()) }
    }

    /// The JSON, if it has been written.
    pub(crate) fn known_json(&self) -> Option<&[u8]> {
        match self {
            Self::Json { json, .. } => Some(json),
            Self::Fixed { json: Known::Json(json), .. } => Some(json.as_bytes()),
            Self::Fixed { json: Known::Unwritten(_), .. } => None,
            Self::Data(data) => data.known_json(),
        }
    }
}

impl<B: Body> Repr<B> {
    pub(crate) fn data(object: B, json: Json) -> Self {
        Self::Data(Box::new(Data { object, json }))
    }

    pub(crate) fn object(&self) -> &B {
        match self {
            Self::Fixed { object, .. } => object,
            Self::Data(data) => data.object(),
            Self::Json { json, read } => {
                let data = || Data { object: self::read(json), json: Json::unknown() };
                read.get_or_init(|| Box::new(data())).object()
            }
        }
    }

    /// The first of these members that is there, by its place in the list, if the JSON is written and it
    /// is a text without escapes in it. To find it takes less than to read all data.
    pub(crate) fn first_word(&self, names: &[&str]) -> Option<(usize, &str)> {
        let json = self.known_json()?;
        let (at, range) = json::first_word(json, names)?;
        Some((at, str::from_utf8(json.get(range)?).ok()?))
    }

    /// The same JSON with another text for the first of these members, if the macro wrote the JSON, that
    /// member is the one at this place of the list, and there is none of the others.
    pub(crate) fn with_first_word(&self, names: &[&str], at: usize, text: &str) -> Option<Vec<u8>> {
        let json = self.known_json()?;
        let (found, range) = json::first_word(json, names)?;
        let is_there = |name: &str| {
            let key = format!("\"{name}\":");
            json.windows(key.len()).any(|piece| piece == key.as_bytes())
        };
        let mut others = names.iter().enumerate().filter(|(place, _)| *place != at);
        if found != at || others.any(|(_, name)| is_there(name)) {
            return None;
        }
        let mut out = Vec::with_capacity(json.len() + text.len());
        out.extend_from_slice(json.get(..range.start)?);
        escaped(&mut out, text);
        out.extend_from_slice(json.get(range.end..)?);
        Some(out)
    }

    pub(crate) fn into_object(self) -> B {
        match self {
            Self::Fixed { object, .. } => object.clone(),
            Self::Data(data) => data.into_object(),
            Self::Json { json, read } => {
                read.into_inner().map_or_else(|| self::read(&json), Owned::into_object)
            }
        }
    }

    pub(crate) fn to_json_bytes(&self) -> Vec<u8> {
        match self {
            Self::Fixed { json: Known::Json(json), .. } => json.as_bytes().to_vec(),
            Self::Fixed { object, json: Known::Unwritten(write) } => write(object),
            Self::Data(data) => data.to_json(),
            Self::Json { json, .. } => json.clone(),
        }
    }

    pub(crate) fn into_json_bytes(self) -> Vec<u8> {
        match self {
            Self::Fixed { .. } => self.to_json_bytes(),
            Self::Data(data) => data.into_json(),
            Self::Json { json, .. } => json,
        }
    }
}

#[cold]
fn read<B: Body>(json: &[u8]) -> B {
    // The macro writes what the reader reads, whatever the texts in it are: it has put literals in their
    // canonical form, and texts are escaped.
    #[allow(clippy::expect_used)]
    json::from_slice(json).expect("what the macro writes is canonical")
}
