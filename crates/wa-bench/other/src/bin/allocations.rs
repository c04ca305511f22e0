//! Counts the allocations of each side, and prints the result.

use std::{alloc::System, hint::black_box};

use serde_json::{Map, Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use wa_bench_other::all;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    let mut results = Map::new();
    for comparison in all() {
        let mut counts = Map::new();
        for (name, run) in &comparison.sides {
            // What is set up by the first time only is not counted.
            black_box(run());
            let region = Region::new(ALLOCATOR);
            let bytes = black_box(run());
            let change = region.change();
            drop(bytes);
            counts.insert(
                (*name).to_owned(),
                json!([change.allocations + change.reallocations, change.bytes_allocated]),
            );
        }
        results.insert(comparison.id.to_owned(), counts.into());
    }
    println!("{}", Value::from(results));
}
