//! Operating: doubts, the pace, several numbers and machines, the file, moves, cleaning up.
//!
//! # Doubts
//!
//! A message is in doubt when its request was made and no answer told what became of it: the connection broke, the time was
//! over, the process was killed. The outbox sends it with a `biz_opaque_callback_data` of its own, and each status of the
//! message carries the same. Any status proves that the message was accepted, also one that says it failed. So hand the statuses
//! to the outbox:
//!
//! ```no_run
//! use wa_message::{outbox::{Outbox, OutboxError}, webhook::{VerifyToken, Verifier, service}};
//!
//! # fn example(outbox: Outbox, verifier: Verifier, token: VerifyToken) {
//! let webhooks = service(verifier, token)
//!     .on_status(move |status, _| {
//!         let outbox = outbox.clone();
//!         // If the outbox fails, the answer is one after which the webhook comes again.
//!         async move { outbox.status(&status).await.map(drop) as Result<(), OutboxError> }
//!     })
//!     .build();
//! # }
//! ```
//!
//! That no status comes proves nothing: the receiver may have been down. After a while a person has to decide, who may have
//! asked the customer or looked into the business account:
//!
//! ```no_run
//! use wa_message::outbox::{Decision, Filter, Outbox, State};
//!
//! # async fn example(outbox: Outbox) -> Result<(), Box<dyn std::error::Error>> {
//! for entry in outbox.list(Filter::new().state(State::InDoubt)).await? {
//!     println!("{} of {:?}: {}", entry.id, entry.key, entry.body);
//!     outbox.decide(entry.id, Decision::NotAccepted, "the night shift").await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | decision | of an entry | what follows |
//! |---|---|---|
//! | [`Accepted`](crate::Decision::Accepted) | in doubt | accepted |
//! | [`NotAccepted`](crate::Decision::NotAccepted) | in doubt | refused; a status that comes later makes it accepted |
//! | [`SendAgain`](crate::Decision::SendAgain) | in doubt | pending: the customer may get it twice |
//! | [`Retry`](crate::Decision::Retry) | refused, expired, cancelled, invalid | pending |
//! | [`Cancel`](crate::Decision::Cancel) | pending, leased | cancelled |
//!
//! Each is kept with its author and its time.
//!
//! If no status ever comes, perhaps no webhook does. A worker looks once an hour, and warns (`tracing`, with the target
//! `wa_outbox`) of doubts that nothing has ended for a day; [`Summary::old_doubts`](crate::Summary::old_doubts) is their number.
//!
//! # The pace
//!
//! All workers of a number share its pace, which stands in the store: 75 messages a second, unless
//! [`rate`](crate::Worker::rate) says otherwise, and to one recipient 45 at once and one in 6 seconds in the long run. A worker
//! buys a slice of a quarter of a second with each turn. When the API answers that it was too much (130429), all workers of the
//! number wait; for a recipient (131056), what goes to this recipient waits, and the others go on; limits of the account or of
//! the app hold everything back. Such an answer is certain: the message was not accepted, and goes back to the queue.
//!
//! Of what is due, the highest priority goes first, and of one priority what was due first. A campaign of 100,000 messages with
//! the same time stands before what is put in later; give what is urgent a higher priority, or spread the times of the
//! campaign.
//!
//! # Several numbers, processes and machines
//!
//! A worker sends from one number, that of its client. Run one for each number, and as many for one number as you like, in one
//! process or in many. A file serves the processes of one machine. A process that is stopped in the middle of a transaction
//! holds the file, and the others wait for it.
//!
//! # What goes wrong
//!
//! A worker whose store fails sends nothing until the store answers again: without a mark there is no request. What became of
//! the requests that run is kept in memory until it can be written; if the process ends before, those are in doubt.
//!
//! A token that is not accepted, or a permission that the app has lost, says nothing of the message. So the number waits for a
//! minute and tries again, and the campaign is still there when somebody has put it right: renew the token, and start the worker
//! with it. A message that was tried so [often](crate::Worker::attempts) all the same is refused.
//!
//! When a worker is not seen for 60 seconds ([`lost_after`](crate::Worker::lost_after)), another one takes what it was
//! sending for in doubt. If it comes back with an answer after all, the answer counts.
//!
//! # The file
//!
//! Give it a disk with some room: its log (`outbox.db-wal`) grows to some 4 MiB before it is written into the file. On a full disk
//! nothing is sent, and it goes on by itself once there is room.
//!
//! Its name is taken as it stands, and a relative one from the folder in which the program was started. Never remove, replace or
//! copy it, or its log, while a program has it open: the program would write to a file without a name. It notices, and sends
//! nothing until the file is back or it is started again. For a copy, stop it first, or use `VACUUM INTO` of SQLite.
//!
//! **A copy that is put back knows nothing of what was sent since**, and would send it again. That is so with a database of any
//! kind, and with a standby that lags behind. Before a worker runs on it, cancel what may have been sent, or let the statuses of
//! the time in between come first: they make it accepted.
//!
//! The clock is that of the machine, or of the server. When it is set back, what was due before waits until that time comes again,
//! and so does the pace; nothing is lost or sent twice by it.
//!
//! # From one outbox to another
//!
//! [`move_to`](crate::Outbox::move_to) brings all entries from a file into PostgreSQL, or back. Stop the workers of the old one,
//! tell statuses to the new one, and call it again if it was interrupted, also when workers of the new one run already. An entry
//! stays where it is if another one has its key in the new outbox, and all of them stay if both outboxes are the same.
//!
//! # Cleaning up
//!
//! Entries stay until they are [purged](crate::Outbox::purge). What waits, is under way or in doubt is never removed.
