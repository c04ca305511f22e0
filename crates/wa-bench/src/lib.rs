//! What `wa-message` costs, measured beside `json!`.
//!
//! `cargo bench -p wa-bench` compares what happens while a program runs, and
//! `cargo run --release -p wa-bench --bin compile-time` what happens while it is compiled. Both sides
//! are measured in one run, in turns, and what is reported is the ratio.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// How often the sides take turns.
const ROUNDS: usize = 60;
/// How long one side goes on before the other one has its turn.
const TURN: Duration = Duration::from_millis(15);

/// A thing to measure.
pub struct Side<'s> {
    /// What it is called.
    pub name: &'s str,
    /// What is done.
    pub run: &'s dyn Fn() -> Vec<u8>,
}

/// Measures the sides in turns and prints the median of each, and its ratio to the first.
///
/// # Panics
///
/// When there is no side.
pub fn compare(title: &str, sides: &[Side<'_>]) {
    let repeats: Vec<u32> = sides.iter().map(|side| calibrate(side)).collect();
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); sides.len()];
    for _ in 0..ROUNDS {
        for ((side, repeats), times) in sides.iter().zip(&repeats).zip(&mut times) {
            times.push(turn(side, *repeats).as_secs_f64() * 1e9 / f64::from(*repeats));
        }
    }
    let medians: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
    println!("\n{title}");
    for (side, median) in sides.iter().zip(&medians) {
        println!("  {:<44} {median:>9.0} ns {:>7.2} x", side.name, median / medians[0]);
    }
}

fn calibrate(side: &Side<'_>) -> u32 {
    let mut repeats = 16;
    while turn(side, repeats) < TURN && repeats < 1 << 24 {
        repeats *= 2;
    }
    repeats
}

fn turn(side: &Side<'_>, repeats: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..repeats {
        black_box((side.run)());
    }
    start.elapsed()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
