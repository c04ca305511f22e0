//! Entries that are put in with a transaction of yours.
//!
//! An order and the message that confirms it stand or fall together if both are written in one transaction. The outbox has a
//! schema of its own, `wa_outbox`, in the same database as your tables.
//!
//! # From any language
//!
//! [`enqueue`] is a call of a function of SQL, which any program in any language can make in its own transactions:
//!
//! ```sql
//! select wa_outbox.enqueue(
//!     number   => '100200300',                                  -- the id of the business phone number
//!     body     => '{"messaging_product": "whatsapp", "to": "+15550100", "type": "text", "text": {"body": "Hello"}}',
//!     key      => 'order-17',                                   -- null by default
//!     due      => now() + interval '1 hour',                    -- now by default
//!     priority => 5,                                            -- 0 by default
//!     expires  => now() + interval '1 day',                     -- never by default
//!     data     => 'anything of yours'                           -- null by default
//! );
//! ```
//!
//! It returns the id of the entry. A second one of the same number with the same key is not taken, and the id of the first is
//! returned. The body is checked by the worker: what is no valid message ends as [`Invalid`](crate::State::Invalid), with all
//! that is wrong with it. What cannot be an entry at all is an error with the SQLSTATE `22023`.
//!
//! The user of the database needs no right to the tables:
//!
//! ```sql
//! grant usage on schema wa_outbox to shop;
//! grant execute on function wa_outbox.enqueue, wa_outbox.enqueue_as to shop;
//! ```

/// The crate of the connection, in the version that this library has.
pub use tokio_postgres;

use tokio_postgres::Transaction;

use crate::{Enqueued, NewEntry, OutboxError, store::postgres::enqueue_in};

/// Puts an entry into the outbox of a database, in a transaction of yours. The outbox must have been
/// [opened](crate::Outbox::open) once, which makes its tables.
///
/// ```no_run
/// use wa_message::{outbox::{NewEntry, postgres::{self, tokio_postgres}}, wa_message};
///
/// # async fn order(shop: &mut tokio_postgres::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let transaction = shop.transaction().await?;
/// transaction.execute("insert into orders values (17, '+15550100')", &[]).await?;
/// let message = wa_message! { <text> to: "+15550100", body: "Your order is here." };
/// postgres::enqueue(&transaction, &NewEntry::new("100200300", &message).key("order-17")).await?;
/// transaction.commit().await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If the entry cannot be taken, or the database fails. Then roll the transaction back.
pub async fn enqueue(
    transaction: &Transaction<'_>,
    entry: &NewEntry,
) -> Result<Enqueued, OutboxError> {
    entry.check()?;
    enqueue_in(transaction, entry).await
}
