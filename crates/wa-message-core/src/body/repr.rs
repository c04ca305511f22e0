//! How a checked body is kept: as data, as JSON, or both.

use std::{ops::Range, sync::OnceLock};

use crate::{
    body::{Body, written},
    json::{self, pieces::Json},
    write::escaped,
};

#[derive(Clone)]
pub(crate) enum Repr<B: 'static> {
    /// What was known when the program was compiled: the data, and the JSON if the macro has written it.
    Fixed { object: &'static B, json: Option<&'static str> },
    /// The data, and the JSON if it has been written. They are large, and a message is to fit into an enum.
    Data(Box<(B, Json)>),
    /// The JSON that the macro wrote. Hardly anybody who sends it looks at the data, which are read
    /// when somebody does. The box keeps constants free of what can change inside of them.
    Json { json: Vec<u8>, found: Box<Found<B>> },
}

/// What was asked for of a JSON text.
#[derive(Clone)]
pub(crate) struct Found<B> {
    object: OnceLock<Box<B>>,
    /// Which of some members is the first, and where its text stands, if it has no escapes.
    word: OnceLock<Option<(usize, Range<usize>)>>,
}

impl<B> Repr<B> {
    pub(crate) fn data(object: B, json: Json) -> Self {
        Self::Data(Box::new((object, json)))
    }

    pub(crate) fn json(json: Vec<u8>) -> Self {
        Self::Json {
            json,
            found: Box::new(Found { object: OnceLock::new(), word: OnceLock::new() }),
        }
    }
}

impl<B: Body> Repr<B> {
    pub(crate) fn object(&self) -> &B {
        match self {
            Self::Fixed { object, .. } => object,
            Self::Data(data) => &data.0,
            Self::Json { json, found } => found.object.get_or_init(|| Box::new(read(json))),
        }
    }

    /// The first of these members that is there, by its place in the list, if it is a text without
    /// escapes in JSON. The list is always the same. To find it takes less than to read all data.
    pub(crate) fn first_word(&self, names: &[&str]) -> Option<(usize, &str)> {
        match self {
            Self::Json { json, .. } => {
                let (at, range) = self.place_of_first(names)?;
                Some((at, str::from_utf8(json.get(range)?).ok()?))
            }
            Self::Fixed { .. } | Self::Data(_) => None,
        }
    }

    fn place_of_first(&self, names: &[&str]) -> Option<(usize, Range<usize>)> {
        match self {
            Self::Json { json, found } => {
                found.word.get_or_init(|| json::first_word(json, names)).clone()
            }
            Self::Fixed { json, .. } => json::first_word(json.as_ref()?.as_bytes(), names),
            Self::Data(data) => json::first_word(data.1.bytes()?, names),
        }
    }

    /// The same JSON with another text for the first of these members, if the macro wrote the JSON, that
    /// member is the one at this place of the list, and there is none of the others.
    pub(crate) fn with_first_word(&self, names: &[&str], at: usize, text: &str) -> Option<Vec<u8>> {
        let json = match self {
            Self::Json { json, .. } => json,
            Self::Fixed { json, .. } => json.as_ref()?.as_bytes(),
            Self::Data(data) => data.1.bytes()?,
        };
        let (found, range) = self.place_of_first(names)?;
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

    pub(crate) fn into_object(self) -> B
    where
        B: Clone,
    {
        match self {
            Self::Fixed { object, .. } => object.clone(),
            Self::Data(data) => data.0,
            Self::Json { json, found } => {
                found.object.into_inner().map_or_else(|| read(&json), |object| *object)
            }
        }
    }

    pub(crate) fn to_json_bytes(&self) -> Vec<u8> {
        match self {
            Self::Fixed { object, json } => {
                json.map_or_else(|| written(*object), |json| json.as_bytes().to_vec())
            }
            Self::Data(data) => data.1.bytes().map_or_else(|| written(&data.0), <[u8]>::to_vec),
            Self::Json { json, .. } => json.clone(),
        }
    }

    pub(crate) fn into_json_bytes(self) -> Vec<u8> {
        match self {
            Self::Fixed { .. } => self.to_json_bytes(),
            Self::Data(data) => {
                let (object, json) = *data;
                json.into_bytes().unwrap_or_else(|| written(&object))
            }
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
