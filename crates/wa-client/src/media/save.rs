//! Writing a file so that half of it never stands under its name.

use std::path::{Path, PathBuf};

use tokio::{fs, io::AsyncWriteExt as _};

use super::{
    error::{FileError, FileErrorKind},
    stream::DownloadStream,
};
use crate::Error;

/// Writes a file beside its place and moves it there when it is whole. Returns the number of bytes.
pub(super) async fn save(path: &Path, stream: &mut DownloadStream) -> Result<u64, Error> {
    let draft = Draft::beside(path)?;
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&draft.0)
        .await
        .map_err(FileError::unwritten)?;
    let mut size = 0;
    while let Some(piece) = stream.next().await {
        let piece = piece?;
        size += piece.len() as u64;
        file.write_all(&piece).await.map_err(FileError::unwritten)?;
    }
    // It is asked what became of the last piece before it is asked whether all is on the disk.
    file.flush().await.map_err(FileError::unwritten)?;
    file.sync_all().await.map_err(FileError::unwritten)?;
    drop(file);
    fs::rename(&draft.0, path).await.map_err(FileError::unwritten)?;
    Ok(size)
}

/// A file that is there until it is moved away, also when nobody waits for the rest of it any more.
struct Draft(PathBuf);

impl Draft {
    fn beside(path: &Path) -> Result<Self, FileError> {
        if path.file_name().is_none() {
            let why = "the path has no file name";
            return Err(FileError::bad_path(FileErrorKind::Unwritten, why));
        }
        // Not longer by the name of the file, which may be as long as any may be.
        Ok(Self(path.with_file_name(format!(".{:016x}.part", fastrand::u64(..)))))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After the move there is nothing left to remove.
        let _ = std::fs::remove_file(&self.0);
    }
}
