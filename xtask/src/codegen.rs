//! The command `codegen`: from the description to files, all of them or none.

use std::{fs, path::Path};

use crate::{
    control,
    diff::{Changes, Comparison},
    emit,
    error::{Error, Result},
    face::{Face, TemplatesFace},
    lower,
    media::{self, model::Media},
    model::Description,
    read, received,
    rust::Rust,
    shown,
    templates::{self, Templates},
    types, yaml,
};
pub use crate::{
    emit::Generated,
    received::{Content, Event, Field},
};

/// The description, from the root of the workspace.
pub const DESCRIPTION: &str = "openapi/messages.yaml";
/// The description of what comes back.
pub const WEBHOOKS: &str = "openapi/webhooks.yaml";
/// The description of media.
pub const MEDIA: &str = "openapi/media.yaml";
/// The description of templates.
pub const TEMPLATES: &str = "openapi/templates.yaml";
/// The description of the control of the sandbox.
pub const SANDBOX: &str = "openapi/sandbox.yaml";
/// The snapshot of the public face that the checked-in code was made from.
pub const SNAPSHOT: &str = "openapi/generated/face.yaml";

/// The difference between the checked-in files and the description.
#[derive(Debug)]
#[must_use]
pub struct Drift {
    /// The files that differ.
    pub files: Vec<&'static str>,
    /// What that changes for users.
    pub changes: Comparison,
}

impl Drift {
    /// Refuses files that are stale.
    ///
    /// # Errors
    ///
    /// When a file differs.
    pub fn refuse(self) -> Result<()> {
        if self.files.is_empty() { Ok(()) } else { Err(Error::Stale { files: self.files }) }
    }
}

/// The code that a description leads to, and the snapshot of its face.
///
/// # Errors
///
/// When the description says something that the generator does not carry through.
pub fn generate(description: &str) -> Result<Vec<Generated>> {
    make(description).map(|(face, mut generated)| {
        generated.push(Generated { path: SNAPSHOT, text: face.to_text() });
        generated
    })
}

/// The code that a description of webhooks leads to.
///
/// # Errors
///
/// When the description says something that the generator does not carry through.
pub fn generate_webhooks(description: &str) -> Result<Vec<Generated>> {
    received::read(description).map(|received| received::emit(&received))
}

/// The fields and events of a description of webhooks, in words for the manual.
///
/// # Errors
///
/// When the description says something that the generator does not carry through.
pub fn events(description: &str) -> Result<(Vec<Field>, Vec<Event>)> {
    received::read(description).map(|received| received::events(&received))
}

/// The code that a description of media leads to. It refers to the other two.
///
/// # Errors
///
/// When a description says something that the generator does not carry through.
pub fn generate_media(media: &str, messages: &str, webhooks: &str) -> Result<Vec<Generated>> {
    let messages = read::read(messages)?;
    read_media(media, &messages, webhooks).map(|media| media::emit(&media))
}

fn read_media(media: &str, messages: &Description, webhooks: &str) -> Result<Media> {
    let kinds: Vec<_> = messages.kinds.iter().map(|kind| kind.name.as_str()).collect();
    media::read(media, &kinds, &yaml::read(webhooks)?)
}

/// The code that a description of templates leads to. It refers to that of messages.
///
/// # Errors
///
/// When a description says something that the generator does not carry through.
pub fn generate_templates(templates: &str, messages: &str) -> Result<Vec<Generated>> {
    let (templates, _) = read_templates(templates, &read::read(messages)?)?;
    templates::emit(&templates)
}

/// The table of how messages are shown, which descriptions of both ways lead to.
///
/// # Errors
///
/// When one of them says something of it that is not understood.
pub fn generate_shown(messages: &str, webhooks: &str) -> Result<Vec<Generated>> {
    let webhooks_of = |error: Error| error.in_file(WEBHOOKS, webhooks);
    let document = yaml::read(webhooks).map_err(webhooks_of)?;
    let actions = shown::actions(&document).map_err(webhooks_of)?;
    let sent = yaml::read(messages).and_then(|messages| shown::read(&messages, &actions));
    let sent = sent.map_err(|error| error.in_file(DESCRIPTION, messages))?;
    let received = shown::read(&document, &actions).map_err(webhooks_of)?;
    Ok(vec![shown::emit(&sent, &received)?])
}

/// The code that a description of the control of the sandbox leads to.
///
/// # Errors
///
/// When the description says something that the generator does not carry through.
pub fn generate_control(sandbox: &str) -> Result<Vec<Generated>> {
    control::generate(sandbox).map(|file| vec![file])
}

fn read_templates(text: &str, messages: &Description) -> Result<(Templates, TemplatesFace)> {
    let document = yaml::read(text)?;
    let templates = templates::read(&document)?;
    templates::against(&templates, messages)?;
    let face = templates::face(&templates, &document)?;
    Ok((templates, face))
}

/// Generates the code of a workspace, writes what has changed, and returns what that was.
///
/// # Errors
///
/// When the description is faulty, in which case nothing is written, or a file cannot be written.
pub fn write(root: &Path) -> Result<Drift> {
    let (stale, changes) = stale(root)?;
    // First everything into files of their own, so that a failure leaves the old code whole.
    for file in &stale {
        let path = draft(&root.join(file.path));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| access(folder, source))?;
        }
        fs::write(&path, &file.text).map_err(|source| access(&path, source))?;
    }
    for file in &stale {
        let path = root.join(file.path);
        fs::rename(draft(&path), &path).map_err(|source| access(&path, source))?;
    }
    Ok(drift(&stale, changes))
}

/// Generates the code of a workspace and compares it with what is checked in.
///
/// # Errors
///
/// When the description is faulty, or cannot be read.
pub fn check(root: &Path) -> Result<Drift> {
    let (stale, changes) = stale(root)?;
    Ok(drift(&stale, changes))
}

fn drift(stale: &[Generated], changes: Comparison) -> Drift {
    Drift { files: stale.iter().map(|file| file.path).collect(), changes }
}

/// The public face of a description, or of a snapshot, in a file.
///
/// # Errors
///
/// When the file cannot be read, or is neither.
pub fn face(path: &Path) -> Result<Face> {
    let text = fs::read_to_string(path).map_err(|source| access(path, source))?;
    Face::read(&text).map_err(|error| error.in_file(path, &text))
}

fn make(text: &str) -> Result<(Face, Vec<Generated>)> {
    make_of(text, &read::read(text)?)
}

fn make_of(text: &str, description: &Description) -> Result<(Face, Vec<Generated>)> {
    let face = Face::of(description, &yaml::read(text)?)?;
    let types = types::make(&lower::lower(description))?;
    Ok((face, emit::all(&Rust::new(description, types)?)?))
}

/// The files that differ from what the description says, and what that changes for users.
fn stale(root: &Path) -> Result<(Vec<Generated>, Comparison)> {
    let text = |path: &str| {
        let path = root.join(path);
        fs::read_to_string(&path).map_err(|source| access(&path, source))
    };
    let (messages, webhooks, media) = (text(DESCRIPTION)?, text(WEBHOOKS)?, text(MEDIA)?);
    let (templates, sandbox) = (text(TEMPLATES)?, text(SANDBOX)?);
    let in_messages = |error: Error| error.in_file(DESCRIPTION, &messages);
    let description = read::read(&messages).map_err(in_messages)?;
    let (mut face, mut generated) = make_of(&messages, &description).map_err(in_messages)?;
    let received = received::read(&webhooks).map_err(|error| error.in_file(WEBHOOKS, &webhooks))?;
    let media = read_media(&media, &description, &webhooks)
        .map_err(|error| error.in_file(MEDIA, &media))?;
    face.webhooks = Some(received::face(&received));
    face.media = Some(media::face(&media.tables));
    generated.extend(received::emit(&received));
    generated.extend(media::emit(&media));
    let (read, face_of_templates) = read_templates(&templates, &description)
        .map_err(|error| error.in_file(TEMPLATES, &templates))?;
    face.templates = Some(face_of_templates);
    generated.extend(templates::emit(&read)?);
    let control = generate_control(&sandbox);
    generated.extend(control.map_err(|error| error.in_file(SANDBOX, &sandbox))?);
    generated.extend(generate_shown(&messages, &webhooks)?);
    generated.push(Generated { path: SNAPSHOT, text: face.to_text() });
    let changes = match fs::read_to_string(root.join(SNAPSHOT)).map(|text| Face::read(&text)) {
        Ok(Ok(old)) => Comparison::Changes(Changes::between(&old, &face)),
        Ok(Err(error)) => Comparison::BadSnapshot(error.to_string()),
        Err(_) => Comparison::NoSnapshot,
    };
    let differs = |file: &Generated| {
        fs::read_to_string(root.join(file.path)).ok().as_ref() != Some(&file.text)
    };
    Ok((generated.into_iter().filter(differs).collect(), changes))
}

fn draft(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

fn access(path: &Path, source: std::io::Error) -> Error {
    Error::File { path: path.to_owned(), source }
}
