//! Entries that are put in with a transaction of yours.
//!
//! An order and the message that confirms it stand or fall together if both are written in one transaction. The tables of
//! the outbox lie in the same file as yours, and their names begin with `wa_outbox_`.

/// The crate of the connection, in the version that this library has.
pub use rusqlite;

use rusqlite::Transaction;

use crate::{Enqueued, NewEntry, OutboxError, store::sqlite::enqueue as put, time::millis};

/// Puts an entry into the outbox of a file, in a transaction of yours. The outbox must have been
/// [opened](crate::Outbox::open) once, which makes its tables.
///
/// ```
/// use wa_message::{outbox::{NewEntry, Outbox, sqlite::{self, rusqlite}}, wa_message};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let file = folder.path().join("shop.db");
/// let outbox = Outbox::open(&format!("sqlite:{}", file.display())).await?;
///
/// let mut shop = rusqlite::Connection::open(&file)?;
/// shop.execute_batch("create table orders (id integer primary key, guest text)")?;
///
/// let transaction = shop.transaction()?;
/// transaction.execute("insert into orders values (17, '+15550100')", [])?;
/// let message = wa_message! { <text> to: "+15550100", body: "Your order is here." };
/// sqlite::enqueue(&transaction, &NewEntry::new("100200300", &message).key("order-17"))?;
/// transaction.commit()?;
///
/// assert_eq!(outbox.summary().await?.total(), 1);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If the entry cannot be taken, or the database fails. Then roll the transaction back.
pub fn enqueue(transaction: &Transaction<'_>, entry: &NewEntry) -> Result<Enqueued, OutboxError> {
    entry.check()?;
    put(transaction, entry, millis(std::time::SystemTime::now()))
}
