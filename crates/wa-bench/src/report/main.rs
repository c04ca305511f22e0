//! Measures everything and writes `BENCHMARKS.md`.
//!
//! `cargo run --release -p wa-bench --bin report -- --help`

mod compile;
mod expansion;
mod machine;
mod options;
mod page;
mod place;
mod results;
mod run_time;
mod sending;
mod size;
mod templates;
mod webhooks;

use std::{fs, time::Instant};

use options::{Options, USAGE};
use place::Place;
use results::{Results, Section, save};
use wa_bench::project::Outcome;

fn main() -> Outcome<()> {
    if std::env::args().any(|argument| argument == "--help") {
        println!("{USAGE}");
        return Ok(());
    }
    let options = Options::read(std::env::args().skip(1))?;
    let place = Place::new()?;
    if !options.sections.is_empty() {
        place.fetch()?;
    }
    for section in &options.sections {
        eprintln!("{}", section.name());
        let start = Instant::now();
        measure(*section, &place, &options)?;
        eprintln!("  measured in {} s", start.elapsed().as_secs());
    }
    let page = page::render(&Results::load(&place.results())?)?;
    let file = options.page.unwrap_or_else(|| place.root.join("BENCHMARKS.md"));
    fs::write(&file, page)?;
    eprintln!("written to {}", file.display());
    Ok(())
}

fn measure(section: Section, place: &Place, options: &Options) -> Outcome<()> {
    let results = place.results();
    match section {
        Section::CompileTime => save(&results, section, compile::compile_time(place, options)?),
        Section::CleanBuild => save(&results, section, compile::clean_build(place, options)?),
        Section::Check => save(&results, section, compile::check(place, options)?),
        Section::RunTime => save(&results, section, run_time::run_time(place, options)?),
        Section::Dependencies => save(&results, section, size::dependencies(place)?),
        Section::Size => save(&results, section, size::size(place, options)?),
        Section::Sending => save(&results, section, sending::sending(place, options)?),
        Section::Webhooks => save(&results, section, webhooks::webhooks(place)?),
        Section::Templates => save(&results, section, templates::templates(place, options)?),
        Section::Expansion => save(&results, section, expansion::expansion()?),
    }
}
