//! Runs one side many times, for a tool that counts instructions.
//!
//! `instructions <comparison> <side> <times>`. Without arguments it prints what there is.

use std::{error::Error, hint::black_box};

use wa_bench_other::all;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let comparisons = all();
    let [id, name, times] = arguments.as_slice() else {
        for comparison in &comparisons {
            for (name, _) in &comparison.sides {
                println!("{} {name}", comparison.id);
            }
        }
        return Ok(());
    };
    let comparison = comparisons.iter().find(|comparison| comparison.id == id);
    let side = comparison.and_then(|found| found.sides.iter().find(|(side, _)| side == name));
    let (_, run) = side.ok_or("there is no such side")?;
    for _ in 0..times.parse::<u32>()? {
        black_box(run());
    }
    Ok(())
}
