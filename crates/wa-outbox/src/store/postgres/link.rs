//! A connection that comes back by itself.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, MutexGuard},
    task::AbortHandle,
    time::{Instant, sleep, timeout, timeout_at},
};
use tokio_postgres::{Client, Row};

use super::{
    Values,
    failed::{is_conflict, is_lost, is_useless, judge},
    url::Address,
};
use crate::error::{Obstacle, OutboxError, StoreError};

/// How long an operation may take, with the time until there is a connection.
const LIMIT: Duration = Duration::from_secs(10);
/// How long a question may take that counts or lists.
const LONG: Duration = Duration::from_secs(120);
/// The first and the longest pause before another connection is tried.
const PAUSES: [Duration; 2] = [Duration::from_millis(50), Duration::from_secs(1)];
/// How often a statement is tried that others were in the way of.
const ATTEMPTS: u32 = 5;

/// What becomes of a statement whose answer is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It only reads, and is asked again.
    Question,
    /// It only reads, and takes its time.
    LongQuestion,
    /// It writes, and nobody knows whether it has.
    Write,
}

/// A connection to the server, made when it is needed.
pub(super) struct Link {
    address: Address,
    live: Mutex<Option<Live>>,
}

#[derive(Clone)]
struct Live {
    client: Arc<Client>,
    driver: AbortHandle,
}

impl Live {
    /// Ends the connection at once, and what the server may still be doing for it.
    fn end(self, address: &Address) {
        let (cancel, tls) = (self.client.cancel_token(), address.tls());
        self.driver.abort();
        tokio::spawn(async move { timeout(LIMIT, cancel.cancel_query(tls)).await });
    }
}

impl Link {
    pub(super) fn new(address: Address) -> Self {
        Self { address, live: Mutex::new(None) }
    }

    /// Asks for the rows of one statement, which is one transaction.
    pub(super) async fn ask(
        &self,
        kind: Kind,
        sql: &str,
        values: Values<'_>,
    ) -> Result<Vec<Row>, OutboxError> {
        let limit = if kind == Kind::LongQuestion { LONG } else { LIMIT };
        let until = Instant::now() + limit;
        let mut attempt = 1;
        loop {
            // Nothing was sent as long as there is no connection.
            let live = self.live(until, true).await?;
            match timeout_at(until, live.client.query_typed(sql, values)).await {
                Ok(Ok(rows)) => return Ok(rows),
                Ok(Err(error)) => {
                    if is_useless(&error) {
                        self.forget(&live).await;
                    }
                    let may_be_done = is_lost(&error) && kind == Kind::Write;
                    let is_again = is_conflict(&error) || (is_lost(&error) && kind != Kind::Write);
                    if is_again && attempt < ATTEMPTS && Instant::now() < until {
                        attempt += 1;
                        continue;
                    }
                    let failed = judge(&error);
                    return Err(if may_be_done { failed.unclear() } else { failed }.into());
                }
                Err(_) => {
                    self.forget(&live).await;
                    live.end(&self.address);
                    let failed = StoreError::new(
                        Obstacle::Busy,
                        format!("no answer within {} seconds", limit.as_secs()),
                    );
                    return Err(if kind == Kind::Write { failed.unclear() } else { failed }.into());
                }
            }
        }
    }

    /// Asks the first question of all. A server that cannot be reached then is an error at once.
    pub(super) async fn ask_first(&self, sql: &str) -> Result<Option<Row>, OutboxError> {
        self.live(Instant::now() + LIMIT, false).await?;
        Ok(self.ask(Kind::Question, sql, &[]).await?.pop())
    }

    /// Does a few statements in one transaction, on a connection that nobody else has meanwhile, without trying again.
    pub(super) async fn alone<T>(
        &self,
        transaction: impl AsyncFnOnce(&mut Client) -> Result<T, OutboxError>,
    ) -> Result<T, OutboxError> {
        let (mut client, driver) = self.connect().await?;
        let done = timeout(LONG, transaction(&mut client)).await;
        if done.is_err() {
            driver.abort();
        }
        done.map_err(|_| StoreError::new(Obstacle::Busy, "others held the schema for too long"))?
    }

    /// Returns the connection, or makes one, with patience again and again.
    async fn live(&self, until: Instant, is_patient: bool) -> Result<Live, OutboxError> {
        let busy = || StoreError::new(Obstacle::Unreachable, "no connection within 10 seconds");
        let mut slot = timeout_at(until, self.live.lock()).await.map_err(|_| busy())?;
        if let Some(live) = slot.as_ref().filter(|live| !live.client.is_closed()) {
            return Ok(live.clone());
        }
        *slot = None;
        let mut pause = PAUSES[0];
        loop {
            let failed = match timeout_at(until, self.connect()).await {
                Ok(Ok((client, driver))) => return Ok(Self::keep(&mut slot, client, driver)),
                Ok(Err(failed)) => failed,
                Err(_) => busy(),
            };
            let is_passing = matches!(
                failed.obstacle(),
                Obstacle::Unreachable | Obstacle::ReadOnly | Obstacle::Busy
            );
            if !is_patient || !is_passing || Instant::now() + pause >= until {
                return Err(failed.into());
            }
            sleep(pause).await;
            pause = (pause * 2).min(PAUSES[1]);
        }
    }

    fn keep(slot: &mut MutexGuard<'_, Option<Live>>, client: Client, driver: AbortHandle) -> Live {
        let live = Live { client: Arc::new(client), driver };
        **slot = Some(live.clone());
        live
    }

    async fn forget(&self, lost: &Live) {
        let mut slot = self.live.lock().await;
        if slot.as_ref().is_some_and(|live| Arc::ptr_eq(&live.client, &lost.client)) {
            *slot = None;
        }
    }

    async fn connect(&self) -> Result<(Client, AbortHandle), StoreError> {
        let (client, connection) = self.address.connect().await.map_err(|error| judge(&error))?;
        // It ends with the client, or with the runtime, and then another is made.
        let driver = tokio::spawn(async move { drop(connection.await) }).abort_handle();
        Ok((client, driver))
    }
}
