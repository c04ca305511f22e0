//! The file of an outbox, opened so that what is committed is on the disk.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use super::{Fault, migrate::migrate};
use crate::error::{Obstacle, OutboxError, StoreError, UrlError};

/// How long one process waits for another that writes.
const BUSY: Duration = Duration::from_secs(10);

/// Opens a file, or makes it, and brings its schema up to date.
pub(super) fn open(path: &str) -> Result<(Connection, Watch), OutboxError> {
    // `sqlite://outbox.db` and `sqlite:///var/outbox.db` are what other programs write.
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.ends_with('/') {
        return Err(UrlError::NoFile.into());
    }
    if path == ":memory:" {
        return Err(UrlError::InMemory.into());
    }
    // To other programs `?mode=ro` is a parameter. A file of that name is what nobody wants.
    if path.contains('?') {
        return Err(UrlError::Parameters.into());
    }
    let path = Path::new(path);
    refuse_network(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    // A mark that is not on the disk when the power fails is a message that is sent twice.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    // Of a long queue each entry lies on another page. 16 MiB hold the upper pages of the indexes of some million.
    connection.pragma_update(None, "cache_size", -16_384)?;
    migrate(&mut connection)?;
    Ok((connection, Watch::new(path)))
}

/// Sees when the file is not the one any more that was opened, or when its log is not. What is written to a file without a
/// name ends with the process: the marks would be gone, and be sent again.
pub(super) struct Watch {
    files: [PathBuf; 2],
    were: [Option<Identity>; 2],
}

/// The device and the file on it.
type Identity = (u64, u64);

impl Watch {
    fn new(path: &Path) -> Self {
        // The program may change its folder.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let mut log = path.clone().into_os_string();
        log.push("-wal");
        let files = [path, log.into()];
        let were = files.each_ref().map(|file| identity(file));
        Self { files, were }
    }

    /// Fails if a file is another one now. A log that cannot be seen at first is not watched.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let mut both = self.files.iter().zip(&self.were);
        match both.find(|(file, was)| was.is_some() && identity(file) != **was) {
            None => Ok(()),
            Some((file, _)) => {
                let text = format!("{} is not the file that was opened", shown(file));
                Err(Fault(Obstacle::Replaced, text.into()))
            }
        }
    }
}

#[cfg(unix)]
fn identity(file: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(file).ok().map(|found| (found.dev(), found.ino()))
}

/// Elsewhere a file that is open cannot be removed.
#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}

/// Returns a path without what a terminal would take as a command.
fn shown(path: &Path) -> String {
    format!("{:?}", path.to_string_lossy())
}

/// Refuses what lies on a file system of a network, as far as the system tells.
fn refuse_network(path: &Path) -> Result<(), OutboxError> {
    // The file may not be there yet, and may be a link.
    let file = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder =
        file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(StoreError::new(
            Obstacle::Unreachable,
            format!("there is no folder {}", shown(folder)),
        )
        .into());
    }
    if is_network(folder) { Err(OutboxError::NetworkFileSystem) } else { Ok(()) }
}

#[cfg(target_os = "linux")]
fn is_network(folder: &Path) -> bool {
    // The numbers are those of the manual page of statfs: NFS, SMB, CIFS, SMB 2, AFS, Coda, Ceph, 9P.
    const NETWORK: [u32; 8] = [
        0x0000_6969,
        0x0000_517B,
        0xFF53_4D42,
        0xFE53_4D42,
        0x5346_414F,
        0x7375_7245,
        0x00C3_6400,
        0x0102_1997,
    ];
    // Only the lower half of the number is the kind, and its type differs between processors.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::unnecessary_cast)]
    rustix::fs::statfs(folder).is_ok_and(|known| NETWORK.contains(&(known.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
fn is_network(_: &Path) -> bool {
    false
}
