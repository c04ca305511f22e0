//! How much a business may send, and to whom.

mod gate;
mod table;

use std::time::Duration;

pub(crate) use gate::{AGES, Gate};
pub(crate) use table::LimitsTable;

/// The limits that the sandbox holds. Usually none.
///
/// A message that breaks a limit is refused with the code of the API. Read receipts count for none.
///
/// ```
/// use wa_sandbox::Limits;
///
/// // Those of a number that is on a test account: 80 messages a second, a pair rate, 2 recipients.
/// let limits = Limits::of_the_api().recipients(["+1 555 0100", "+1 555 0101"]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    per_second: Option<u32>,
    pair: Option<Pair>,
    window: bool,
    recipients: Option<Vec<String>>,
    templates: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    every: Duration,
    burst: u32,
}

impl Limits {
    /// No limits.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The rates that the API documents: 80 messages a second for each phone number id, and to one
    /// recipient one message in 6 seconds, with up to 45 at once that are made up for afterwards.
    #[must_use]
    pub fn of_the_api() -> Self {
        Self::none().messages_per_second(80).pair_rate(Duration::from_secs(6), 45)
    }

    /// How many messages each phone number id may send in any second. More are refused with code
    /// 130429.
    #[must_use]
    pub fn messages_per_second(mut self, messages: u32) -> Self {
        self.per_second = Some(messages);
        self
    }

    /// How often one phone number id may send to one recipient: once in a time, or up to so many
    /// within this time, which are made up for by a longer pause. More are refused with code 131056.
    ///
    /// With 6 seconds and 45 messages, 20 at once are followed by a pause of two minutes.
    #[must_use]
    pub fn pair_rate(mut self, every: Duration, burst: u32) -> Self {
        self.pair = Some(Pair { every, burst });
        self
    }

    /// Only a template goes to somebody who has not written in the last 24 hours. Anything else is
    /// refused with code 131047. [`Sandbox::customer_wrote`](crate::Sandbox::customer_wrote) opens the
    /// window.
    #[must_use]
    pub fn customer_service_window(mut self) -> Self {
        self.window = true;
        self
    }

    /// Holds how often templates are created in an hour, and how often an approved one is edited, as the API documents it:
    /// 100 creations an hour; one edit a day and ten in 30 days. More is refused with code 80008.
    #[must_use]
    pub fn template_rates(mut self) -> Self {
        self.templates = true;
        self
    }

    /// Messages go to these phone numbers alone, as they do from a test number. Any other is refused
    /// with code 131030. Only the digits are compared.
    #[must_use]
    pub fn recipients<R: Into<String>>(mut self, recipients: impl IntoIterator<Item = R>) -> Self {
        self.recipients = Some(recipients.into_iter().map(|to| digits(&to.into())).collect());
        self
    }
}

/// A phone number as the limits compare it. What has letters, such as the id of a user or of a group,
/// stays.
pub(crate) fn digits(to: &str) -> String {
    if to.contains(char::is_alphabetic) {
        return to.to_owned();
    }
    to.chars().filter(char::is_ascii_digit).collect()
}
