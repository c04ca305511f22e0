//! The codes that the API refuses with.

use std::{fmt, time::Duration};

/// All that is known of them.
#[derive(Debug, Clone, Default)]
pub struct ErrorCodes {
    /// The classes of errors.
    pub classes: Vec<ErrorClass>,
    /// The errors.
    pub codes: Vec<ErrorCode>,
}

/// A class of errors.
#[derive(Debug, Clone)]
pub struct ErrorClass {
    /// The name in the description.
    pub name: String,
    /// The name of the variant.
    pub variant: String,
    /// What it is.
    pub description: String,
}

/// An error.
#[derive(Debug, Clone)]
pub struct ErrorCode {
    /// The codes that mean it.
    pub codes: Vec<CodeRange>,
    /// The name of the variant.
    pub name: String,
    /// What it means.
    pub title: String,
    /// The variant of its class.
    pub class: String,
    /// The HTTP status that it comes with.
    pub status: Option<u16>,
    /// Whether sending again helps.
    pub advice: RetryAdvice,
    /// What it holds back.
    pub throttles: Option<ThrottleScope>,
    /// What somebody has to do.
    pub action: Option<String>,
}

impl ErrorCode {
    /// The code, if it is only one.
    #[must_use]
    pub fn only_code(&self) -> Option<i64> {
        match self.codes.as_slice() {
            [only] if only.first == only.last => Some(only.first),
            _ => None,
        }
    }
}

/// Codes from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeRange {
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
}

/// Whether sending again helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAdvice {
    /// It does not.
    Never,
    /// It may.
    Now,
    /// It may after a pause.
    Wait(Duration),
    /// It may when somebody has done something.
    AfterAction,
}

/// What an error holds back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThrottleScope {
    /// Everything that the app sends.
    App,
    /// Everything that the business account sends.
    Account,
    /// Everything that the number sends.
    Number,
    /// What the number sends to one recipient.
    Recipient,
}

/// As the description writes it.
impl fmt::Display for CodeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.first < self.last { write!(f, "-{}", self.last) } else { Ok(()) }
    }
}
