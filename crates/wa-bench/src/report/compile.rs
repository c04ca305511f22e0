//! Measures how long the compiler takes for many messages.

use std::time::Duration;

use wa_bench::{
    project::{Outcome, Project, Shape},
    written::{Source, Way},
};

use crate::{
    options::Options,
    place::Place,
    results::{Check, CleanBuild, CompileTime},
};

const OFFLINE: &[&str] = &["build", "--release", "--offline"];
const CLEAN: &[&str] = &["build", "--release", "--offline", "--jobs", "2"];

/// Crates with many messages, and the same crates with none, in turns.
pub(crate) fn compile_time(place: &Place, options: &Options) -> Outcome<CompileTime> {
    let mut sides = Vec::new();
    for messages in [options.messages, 0] {
        for way in Way::ALL {
            let source = way.library(messages, "");
            // Both crates of a way are one package, so that what they depend on is built once.
            let project = place.package(way, "messages", Shape::Library)?;
            eprintln!("  {} with {messages}: once, with what it depends on", way.name());
            project.write(&source)?;
            project.cargo(OFFLINE)?;
            sides.push((project, source, Duration::MAX));
        }
    }
    for round in 1..=options.rounds {
        eprintln!("  round {round} of {}", options.rounds);
        for (project, source, best) in &mut sides {
            project.write(source)?;
            *best = project.cargo(OFFLINE)?.min(*best);
        }
    }
    let mut times = sides.iter().map(|(_, _, best)| best.as_secs_f64());
    let full = times.by_ref().take(Way::ALL.len()).collect();
    Ok(CompileTime {
        messages: options.messages,
        rounds: options.rounds,
        full,
        empty: times.collect(),
    })
}

/// `cargo check` of crates with many messages, of which one was edited.
pub(crate) fn check(place: &Place, options: &Options) -> Outcome<Check> {
    let check = &["check", "--offline"];
    let mut sides = Vec::new();
    for way in Way::ALL {
        eprintln!("  {}: once, with what it depends on", way.name());
        let project = place.package(way, "check", Shape::Library)?;
        project.write(&way.library(options.messages, ""))?;
        project.cargo(check)?;
        sides.push((way, project, Duration::MAX));
    }
    for round in 1..=options.rounds {
        eprintln!("  round {round} of {}", options.rounds);
        for (way, project, best) in &mut sides {
            project.write(&way.library(options.messages, &format!(", edit {round}")))?;
            *best = project.cargo(check)?.min(*best);
        }
    }
    let times = sides.iter().map(|(_, _, best)| best.as_secs_f64()).collect();
    Ok(Check { messages: options.messages, rounds: options.rounds, times })
}

/// Everything that a crate needs, from nothing.
pub(crate) fn clean_build(place: &Place, options: &Options) -> Outcome<CleanBuild> {
    let make = |way: Way| way.dependencies(&place.root);
    let send = |way: Way| way.dependencies_to_send(&place.root);
    let mut sides = Vec::new();
    for (name, dependencies) in [
        ("clean-wa-message", make(Way::WaMessage)),
        ("clean-other", make(Way::Other)),
        ("clean-wa-message-default", send(Way::WaMessage)),
        ("clean-other-default", send(Way::Other)),
    ] {
        let project = Project::new(&place.scratch, name, Shape::Library, &dependencies)?
            .lock(&place.lock())?
            .into_target(place.scratch.join(format!("{name}-target")));
        project.write(&Source { main: String::new(), others: Vec::new() })?;
        sides.push((project, Duration::MAX));
    }
    for round in 1..=options.clean_rounds {
        eprintln!("  round {round} of {}", options.clean_rounds);
        for (project, best) in &mut sides {
            project.clean()?;
            *best = project.cargo(CLEAN)?.min(*best);
        }
    }
    let mut best = [0.0; 4];
    for ((project, time), best) in sides.iter().zip(&mut best) {
        project.clean()?;
        *best = time.as_secs_f64();
    }
    Ok(CleanBuild {
        rounds: options.clean_rounds,
        without_client: (best[0], best[1]),
        default: (best[2], best[3]),
    })
}
