//! The model of media, with every keyword understood.

use crate::{error::Place, received::model::Object, requests::Operation};

/// All that is generated from.
#[derive(Debug)]
pub(crate) struct Media {
    /// What needs no other file.
    pub(crate) tables: Tables,
    /// What the API answers.
    pub(crate) answers: Vec<Object>,
}

/// Files and how they travel.
#[derive(Debug)]
pub(crate) struct Tables {
    /// The size that no file may have more than, in bytes.
    pub(crate) most: u64,
    /// The kinds of files.
    pub(crate) kinds: Vec<Kind>,
    /// What the resumable upload takes.
    pub(crate) samples: Vec<FileType>,
    /// How long things live, in seconds.
    pub(crate) lives: Vec<(String, u64)>,
    /// Where a token may be sent to.
    pub(crate) hosts: Vec<String>,
    /// What the API refuses with.
    pub(crate) refusals: Vec<Refusal>,
    /// The requests.
    pub(crate) operations: Vec<Operation>,
    /// The form of an upload.
    pub(crate) form: Form,
}

/// A kind of file.
#[derive(Debug)]
pub(crate) struct Kind {
    /// Where it stands.
    pub(crate) place: Place,
    /// The name, which is that of a kind of message.
    pub(crate) name: String,
    /// How many bytes it has at most.
    pub(crate) most: u64,
    /// How many bytes it has at most when it moves.
    pub(crate) most_animated: Option<u64>,
    /// What is not checked.
    pub(crate) says: Option<String>,
    /// What is said of a type that is not listed, if that is no error.
    pub(crate) other_types: Option<String>,
    /// The types that are taken.
    pub(crate) types: Vec<FileType>,
}

/// A type of file.
#[derive(Debug)]
pub(crate) struct FileType {
    /// Where it stands.
    pub(crate) place: Place,
    /// The name: `image/jpeg`.
    pub(crate) name: String,
    /// How names of such files end.
    pub(crate) extensions: Vec<String>,
    /// What those who look at the content call it beside its name.
    pub(crate) sniffed_as: Vec<String>,
    /// Whether they know it.
    pub(crate) sniffed: Sniffed,
    /// Other spellings of the name, which the API does not take.
    pub(crate) misspelt: Vec<String>,
    /// What is not checked.
    pub(crate) says: Option<String>,
}

/// Whether the content of a file tells its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sniffed {
    /// It does.
    Always,
    /// It may not.
    Sometimes,
    /// It does not.
    Never,
}

/// What the API refuses something with.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// Where it stands.
    pub(crate) place: Place,
    /// The name.
    pub(crate) name: String,
    /// The code.
    pub(crate) code: i64,
    /// The subcode.
    pub(crate) subcode: Option<i64>,
    /// The type of the error.
    pub(crate) kind: Option<String>,
}

/// The form of an upload.
#[derive(Debug)]
pub(crate) struct Form {
    /// The members that always say the same, each with what it says.
    pub(crate) constants: Vec<(String, String)>,
    /// The member with the bytes.
    pub(crate) file: String,
    /// The members that are texts.
    pub(crate) texts: Vec<String>,
    /// The members that are whole numbers, which may be left out, each with its least and its greatest value.
    pub(crate) numbers: Vec<(String, u64, u64)>,
}
