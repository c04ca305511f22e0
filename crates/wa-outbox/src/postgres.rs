//! An outbox in PostgreSQL: its URL, and entries that are put in with a transaction of yours.
//!
//! # The URL
//!
//! `postgres://user:password@host/database`, as other programs have it. It needs PostgreSQL 13 or later.
//!
//! - Several hosts, `postgres://user@one,two/database`: the one that can be written is taken, also after the other has taken
//!   over. An outbox that loses its connection makes another, and an operation waits up to 10 seconds for it.
//! - `sslmode`: certificates are verified, with the name of the host, as the system judges them. `disable` is without TLS,
//!   `require` never without, and the default, `prefer`, with TLS if the server has it. On this machine the default is without.
//! - `sslrootcert`: a file in PEM with the certificates by which the server's is judged instead, as the clouds and an authority
//!   of your own have one; `system` is the default. A name with other characters than letters, digits and `/.-_` is written
//!   as in URLs.
//! - A pool such as PgBouncer may stand in between, also one that hands out connections by transactions. Each process has two
//!   connections, and a third while it lists, counts, removes or moves entries.
//!
//! The first program makes the schema `wa_outbox`, and needs the right to create one in the database. Later ones need
//! `usage` of the schema, `select, insert, update, delete` on its tables and `execute` on its functions.
//!
//! # Your transactions
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
//!
//! psql takes the call as it stands. With psycopg in Python:
//!
//! ```text
//! with psycopg.connect("postgres://shop@localhost/shop") as shop, shop.transaction():
//!     shop.execute("insert into orders values (%s, %s)", (17, "+15550100"))
//!     shop.execute(
//!         "select wa_outbox.enqueue(number => %s, body => %s, key => %s)",
//!         ("100200300", json.dumps(message), "order-17"),
//!     )
//! ```
//!
//! With sqlx, where `body` is the text of [`Message::to_json`](wa_message_core::Message::to_json):
//!
//! ```text
//! let mut transaction = shop.begin().await?;
//! sqlx::query("insert into orders values ($1, $2)").bind(18_i64).bind("+15550100").execute(&mut *transaction).await?;
//! sqlx::query("select wa_outbox.enqueue(number => $1, body => $2::text::json, key => $3)")
//!     .bind("100200300")
//!     .bind(body)
//!     .bind("order-18")
//!     .execute(&mut *transaction)
//!     .await?;
//! transaction.commit().await?;
//! ```
//!
//! With diesel, within `transaction`; `.await` is that of `diesel-async`:
//!
//! ```text
//! diesel::sql_query("select wa_outbox.enqueue(number => $1, body => $2::text::json, key => $3)")
//!     .bind::<Text, _>("100200300")
//!     .bind::<Text, _>(body)
//!     .bind::<Text, _>("order-19")
//!     .execute(shop)
//!     .await?;
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
