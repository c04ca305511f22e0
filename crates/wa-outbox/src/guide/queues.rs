//! With other queues: apalis, Sidekiq, Temporal, NATS or Kafka in front.
//!
//! Job queues run a job again when its worker vanished. For a message that means twice. Keep the queue that you have, and let
//! the job call [`Outbox::send_now`](crate::Outbox::send_now) with a key that names the message: the id of the job, or of
//! the order. The first run marks, sends and settles. Any later run gets what became of it.
//!
//! ```
//! use wa_message::{Client, Message, outbox::{Outbox, OutboxError, State}};
//!
//! /// The job. It may run again at any time.
//! async fn notify(outbox: &Outbox, client: &Client, job: &str, message: &Message) -> Result<(), OutboxError> {
//!     let entry = outbox.send_now(client, job, message).await?;
//!     match entry.state {
//!         State::Accepted => println!("accepted as {:?}", entry.wamid),
//!         State::InDoubt => println!("in doubt: its statuses will tell"),
//!         State::Pending => println!("not yet: {:?}", entry.failure),
//!         state => println!("{state}: {:?}", entry.failure),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! - **apalis, Sidekiq, graphile-worker, Celery**: the id of the job is the key. Let the job succeed whatever the state is, and
//!   fail only with an error of the outbox: then it runs again, and finds out.
//! - **Temporal**: an activity with `maximum_attempts: 1` does not need it for itself; with more attempts, the id of the
//!   workflow and the name of the step are the key.
//! - **NATS, Kafka, RabbitMQ**: the id of the message is the key. Acknowledge after `send_now` has returned.
//!
//! In each case run a [worker](crate::Outbox::worker) of the number somewhere. It goes on with what was put off because it was
//! too much at a time, and with what a crash has left before its request.
//!
//! `send_now` makes the request at once, whatever the pace of the number is. Where many jobs run at once, put the message in by
//! [`enqueue`](crate::Outbox::enqueue) with the same key, and let workers send it.
