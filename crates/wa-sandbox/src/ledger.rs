//! The ledger: a line for each message that was accepted, also where its answer was lost.

mod book;
mod file;
mod read;
mod tail;

use std::{
    fmt, io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use book::Book;
pub(crate) use file::LedgerFile;
use read::Found;

/// What the sandbox has really accepted, also where the answer did not reach the sender.
///
/// It has each message that was given a WAMID, the oldest first, and none that was refused. Read
/// receipts are not in it. A clone is another handle of the same ledger.
///
/// Unlike [`Sandbox::received`](crate::Sandbox::received) it keeps little of each message: about 450 bytes,
/// 45 MB for 100,000. That of a sandbox takes 256 MiB at most, if
/// [nothing else is said](crate::SandboxBuilder::ledger_memory). Then the oldest messages go, and are
/// [counted](Self::forgotten).
///
/// ```
/// use wa_message::{Client, wa_message};
/// use wa_sandbox::{Fault, Faults, Sandbox};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let lost = Faults::none().then(1, Fault::Reset { accepted: true });
/// let sandbox = Sandbox::builder().faults(lost).start().await?;
/// let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
///     .base_url(sandbox.base_url())
///     .build()?;
///
/// let order = wa_message! { <text>
///     to: "+15550100",
///     body: "Your order is on its way.",
///     biz_opaque_callback_data: "order-17",
/// };
/// // The sender learns nothing, and the message was accepted.
/// assert!(client.send(&order).await.is_err());
/// let accepted = sandbox.ledger().with_data("order-17");
/// assert_eq!(accepted.len(), 1);
/// assert_eq!(accepted[0].to(), "+15550100");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Ledger(Arc<Mutex<Book>>);

/// A message that was accepted. A clone is cheap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted(Arc<Line>);

/// A line of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) id: Arc<str>,
    pub(crate) phone_number_id: Box<str>,
    pub(crate) to: Box<str>,
    pub(crate) kind: Box<str>,
    pub(crate) data: Option<Arc<str>>,
    pub(crate) fault: Option<Box<str>>,
}

impl Accepted {
    pub(crate) fn new(line: Line) -> Self {
        Self(Arc::new(line))
    }

    /// The WAMID that the message was given.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    pub(crate) fn shared_id(&self) -> Arc<str> {
        Arc::clone(&self.0.id)
    }

    /// The phone number id that sent it.
    #[must_use]
    pub fn phone_number_id(&self) -> &str {
        &self.0.phone_number_id
    }

    /// Its recipient, as the message names it: the `to`, or else the `recipient`.
    #[must_use]
    pub fn to(&self) -> &str {
        &self.0.to
    }

    /// The kind of message by its name in `wa_message!`, such as `list`.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.0.kind
    }

    /// The `biz_opaque_callback_data` of the message.
    #[must_use]
    pub fn data(&self) -> Option<&str> {
        self.0.data.as_deref()
    }

    /// What went wrong with the answer: the [name](crate::Fault::name) of a fault.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.0.fault.as_deref()
    }
}

impl Ledger {
    pub(crate) fn new(bytes_at_most: usize) -> Self {
        Self(Arc::new(Mutex::new(Book::new(bytes_at_most))))
    }

    /// Reads a file that [`SandboxBuilder::ledger_file`](crate::SandboxBuilder::ledger_file) or
    /// `wa-sandbox --ledger` wrote, also one whose writer was killed. It has all messages of the file.
    ///
    /// Where a disk was full, a line may be torn. Its message was not accepted, and reading goes on behind
    /// it: [`torn_lines`](Self::torn_lines) says where. A last line that does not end is no message either:
    /// its writer was stopped before it answered.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or a line of it is not one of a ledger.
    pub fn read(path: impl AsRef<Path>) -> io::Result<Self> {
        let mut book = Book::new(usize::MAX);
        read::read(path.as_ref(), |number, found| match found {
            Found::Message(accepted) => book.add(accepted),
            Found::Torn(behind) => {
                book.add_torn_line(number);
                if let Some(accepted) = behind {
                    book.add(accepted);
                }
            }
        })?;
        Ok(Self(Arc::new(Mutex::new(book))))
    }

    /// Returns how many messages it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.book().accepted().len()
    }

    /// Returns true if it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns how many of the oldest messages it has no more, because it was full.
    #[must_use]
    pub fn forgotten(&self) -> usize {
        self.book().forgotten()
    }

    /// Returns the numbers of the torn lines of the file that was [read](Self::read), counted from 1.
    #[must_use]
    pub fn torn_lines(&self) -> Vec<usize> {
        self.book().torn_lines().to_vec()
    }

    /// Returns the messages that were accepted so far, the oldest first.
    #[must_use]
    pub fn accepted(&self) -> Vec<Accepted> {
        self.book().accepted().iter().cloned().collect()
    }

    /// Returns the messages with this `biz_opaque_callback_data`, the oldest first. It does not search, so
    /// one can ask it for each of 100,000 messages.
    #[must_use]
    pub fn with_data(&self, data: &str) -> Vec<Accepted> {
        self.book().with_data(data)
    }

    /// Returns the message with this id. It does not search either.
    #[must_use]
    pub fn with_id(&self, id: &str) -> Option<Accepted> {
        self.book().with_id(id)
    }

    /// Forgets them all. A file keeps them.
    pub fn clear(&self) {
        self.book().clear();
    }

    pub(crate) fn add(&self, accepted: Accepted) {
        self.book().add(accepted);
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        // Nothing is half done when a holder of the lock panics.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Ledger {
    /// An empty ledger.
    fn default() -> Self {
        Self::new(usize::MAX)
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("len", &self.len()).finish_non_exhaustive()
    }
}
