//! Measuring in turns.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

/// How often the sides take turns, unless it is said.
pub const ROUNDS: usize = 60;
/// How long one side goes on before the other one has its turn.
const TURN: Duration = Duration::from_millis(15);

/// A thing to measure.
pub struct Side<'s> {
    /// What it is called.
    pub name: &'s str,
    /// What is done.
    pub run: &'s dyn Fn() -> Vec<u8>,
}

/// What a side took.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Measured {
    /// What it is called.
    pub name: String,
    /// The median of its turns, in nanoseconds each time it is done.
    pub nanoseconds: f64,
    /// How far the quarter of the fastest turns is from the quarter of the slowest, in parts of the
    /// median.
    pub spread: f64,
}

/// Measures the sides in turns and prints the median of each, and its ratio to the first.
///
/// # Panics
///
/// When there is no side.
pub fn compare(title: &str, sides: &[Side<'_>]) {
    let measured = measure(sides, ROUNDS);
    println!("\n{title}");
    for side in &measured {
        let ratio = side.nanoseconds / measured[0].nanoseconds;
        println!("  {:<44} {:>9.0} ns {ratio:>7.2} x", side.name, side.nanoseconds);
    }
}

/// Whether this program is to print JSON, for the page.
#[must_use]
pub fn for_the_page() -> bool {
    std::env::args().any(|argument| argument == "--json")
}

/// Measures the sides in turns.
#[must_use]
pub fn measure(sides: &[Side<'_>], rounds: usize) -> Vec<Measured> {
    let repeats: Vec<u32> = sides.iter().map(|side| calibrate(side)).collect();
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); sides.len()];
    for _ in 0..rounds.max(1) {
        for ((side, repeats), times) in sides.iter().zip(&repeats).zip(&mut times) {
            times.push(turn(side, *repeats).as_secs_f64() * 1e9 / f64::from(*repeats));
        }
    }
    sides.iter().zip(&mut times).map(|(side, times)| summary(side.name, times)).collect()
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

fn summary(name: &str, times: &mut [f64]) -> Measured {
    times.sort_by(f64::total_cmp);
    let part = |quarter: usize| times[(times.len() * quarter / 4).min(times.len() - 1)];
    let nanoseconds = part(2);
    Measured { name: name.to_owned(), nanoseconds, spread: (part(3) - part(1)) / nanoseconds }
}
