//! Measures the size of programs, and counts the crates that they need.

use wa_bench::{
    project::{Outcome, Project, Shape},
    written::{Source, Way},
};

use crate::{
    options::Options,
    place::Place,
    results::{Dependencies, Size},
};

const BUILD: &[&str] = &["build", "--release", "--offline"];
const TREE: &[&str] = &["tree", "--offline", "-e", "normal", "--prefix", "none", "--no-dedupe"];

/// Programs that print list messages, stripped.
pub(crate) fn size(place: &Place, options: &Options) -> Outcome<Size> {
    let built = |project: &Project, source: &Source| {
        project.write(source)?;
        project.cargo(BUILD)?;
        project.size()
    };
    let nothing = Project::new(&place.scratch, "size-nothing", Shape::Program, "")?;
    let empty = built(&nothing, &Source::empty())?;
    let (mut one, mut many) = (Vec::new(), Vec::new());
    for way in Way::ALL {
        eprintln!("  {}", way.name());
        let project = place.package(way, "size", Shape::Program)?;
        one.push(built(&project, &way.program(1))?);
        many.push(built(&project, &way.program(options.messages))?);
    }
    Ok(Size { messages: options.messages, empty, one, many })
}

/// The crates that a program of each way compiles, without its own.
pub(crate) fn dependencies(place: &Place) -> Outcome<Dependencies> {
    let (mut make, mut send) = (Vec::new(), Vec::new());
    for way in Way::ALL {
        for (dependencies, counts) in [
            (way.dependencies(&place.root), &mut make),
            (way.dependencies_to_send(&place.root), &mut send),
        ] {
            let name = format!("tree-{}", way.package());
            let project = Project::new(&place.scratch, &name, Shape::Library, &dependencies)?
                .lock(&place.lock())?;
            project.write(&Source { main: String::new(), others: Vec::new() })?;
            let tree = project.read(TREE)?;
            let mut crates: Vec<&str> = tree.lines().filter_map(name_and_version).collect();
            crates.sort_unstable();
            crates.dedup();
            counts.push(crates.len() - 1);
        }
    }
    Ok(Dependencies { make, send })
}

/// The name and the version of a crate, without what stands behind them.
fn name_and_version(line: &str) -> Option<&str> {
    let end = line.match_indices(' ').nth(1).map_or(line.len(), |(at, _)| at);
    (!line.is_empty()).then(|| &line[..end])
}
