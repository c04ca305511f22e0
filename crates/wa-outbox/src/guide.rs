//! How to use an outbox: pages to read.
//!
//! - [Operating](operating): doubts, the pace, several numbers and machines, the file, moves, cleaning up.
//! - [With other queues](queues): apalis, Sidekiq, Temporal, NATS or Kafka in front.
//!
//! `cargo run --example outbox --features outbox` sends 10,000 messages, and goes on after it was killed.

pub mod operating;
pub mod queues;
