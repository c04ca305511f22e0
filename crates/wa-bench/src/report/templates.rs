//! Measures what it costs to hold messages against definitions: the compiler, and a program.

use std::{fs, path::Path, time::Duration};

use wa_bench::{
    project::{Outcome, Project, Shape},
    templates::{definition, library},
    written::Way,
};

use crate::{options::Options, place::Place, results::Templates};

/// How many definitions there are, and how many more.
const DEFINITIONS: usize = 1_000;
const MORE: usize = 200;
const CHECK: &[&str] = &["check", "--offline"];

/// The same crate without definitions and with some, in turns.
pub(crate) fn templates(place: &Place, options: &Options) -> Outcome<Templates> {
    let names = ["none", "folder", "file", "more"];
    let source = library(options.messages);
    let mut sides = Vec::new();
    for name in names {
        eprintln!("  {name}: once, with what it depends on");
        let dependencies = Way::WaMessage.dependencies(&place.root);
        let package = format!("templates-{name}");
        let project = Project::new(&place.scratch, &package, Shape::Library, &dependencies)?
            .lock(&place.lock())?;
        let folder = place.scratch.join(&package);
        match name {
            "folder" => write_folder(&folder, DEFINITIONS)?,
            "more" => write_folder(&folder, DEFINITIONS + MORE)?,
            "file" => {
                let all: Vec<_> = (0..DEFINITIONS).map(definition).collect();
                let page = format!("{{\"data\":[{}]}}", all.join(","));
                fs::write(folder.join("whatsapp-templates.json"), page)?;
            }
            _ => {}
        }
        project.write(&source)?;
        project.cargo(CHECK)?;
        sides.push((project, Duration::MAX));
    }
    for round in 1..=options.rounds {
        eprintln!("  round {round} of {}", options.rounds);
        for (project, best) in &mut sides {
            project.write(&source)?;
            *best = project.cargo(CHECK)?.min(*best);
        }
    }
    let times = sides.iter().map(|(_, best)| best.as_secs_f64()).collect();
    Ok(Templates {
        messages: options.messages,
        definitions: (DEFINITIONS, MORE),
        rounds: options.rounds,
        times,
        at_run_time: place.bench("templates")?,
    })
}

/// A file for each definition.
fn write_folder(package: &Path, definitions: usize) -> Outcome<()> {
    let folder = package.join("whatsapp-templates");
    fs::create_dir_all(&folder)?;
    for number in 0..definitions {
        fs::write(folder.join(format!("{number:04}.json")), definition(number))?;
    }
    Ok(())
}
