//! The practice wall: one post a line of JSON in `.handbill/wall/<channel>.jsonl`.
//!
//! A crash in the middle of writing leaves half a line, which is cut off before the next one is written, and which no reader sees. A last line
//! that is whole but for its line end (an editor may have taken that away) is a post like any other.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::calendar::{DateTime, Utc};
use crate::settings::ChannelName;

/// One post on the wall.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct WallLine {
    /// The announcement's id, 32 hexadecimal letters: the same on any machine.
    pub id: String,
    /// Its idempotency key.
    pub key: String,
    /// When it was posted.
    pub at: DateTime<Utc>,
    /// Its words.
    pub text: String,
    /// The picture's file, by its path from the site's root.
    pub picture: Option<String>,
    /// What the picture shows.
    pub alt: Option<String>,
    /// The id of the line that it answers.
    pub replies_to: Option<String>,
}

/// Where a channel's wall stands below the site's state folder (`.handbill/`).
pub fn wall_path(state: &Path, channel: &ChannelName) -> PathBuf {
    state.join("wall").join(format!("{channel}.jsonl"))
}

/// The posts on a wall, oldest first; none when there is no such file. What is no line of a wall is passed over.
pub fn read_wall(path: &Path) -> io::Result<Vec<WallLine>> {
    no_links(path)?;
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    Ok(bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect())
}

/// Adds a post, and returns once it is on the disk.
pub(super) fn append(path: &Path, line: &WallLine) -> io::Result<()> {
    no_links(path)?;
    if let Some(folder) = path.parent() {
        make_private_folder(folder)?;
    }
    let new = !path.exists();
    let mut file = open_private(path)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let end = whole_lines(&bytes);
    let tail = bytes.get(end..).unwrap_or_default();
    let mut text = Vec::new();
    if serde_json::from_slice::<WallLine>(tail).is_ok() {
        file.seek(SeekFrom::End(0))?;
        text.push(b'\n');
    } else {
        file.set_len(end as u64)?;
        file.seek(SeekFrom::Start(end as u64))?;
    }
    serde_json::to_writer(&mut text, line)?;
    text.push(b'\n');
    file.write_all(&text)?;
    file.sync_all()?;
    if new {
        sync_folder(path);
    }
    Ok(())
}

/// How many bytes the lines take that have their end.
fn whole_lines(bytes: &[u8]) -> usize {
    bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1)
}

/// A wall, its folder and the state's folder are what they seem: through a link a post would be written into somebody else's file.
fn no_links(path: &Path) -> io::Result<()> {
    for place in path.ancestors().take(3) {
        if fs::symlink_metadata(place).is_ok_and(|found| found.is_symlink()) {
            return Err(io::Error::other(format!("\"{}\" is a link, and a wall is not written through links", place.display())));
        }
    }
    Ok(())
}

fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A new file's name is on the disk only when its folder is; where a system cannot do that, the file itself still is.
fn sync_folder(path: &Path) {
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::instant::parse_rfc3339;

    fn line(text: &str) -> WallLine {
        let at = parse_rfc3339("2026-12-03T15:30:00Z").unwrap();
        WallLine { id: "a".into(), key: "k".into(), at, text: text.into(), picture: None, alt: None, replies_to: None }
    }

    #[test]
    fn half_a_line_left_by_a_crash_is_not_read_and_is_cut_off_before_the_next_post() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wall/practice.jsonl");
        append(&path, &line("Story time ☕")).unwrap();
        let whole = fs::read(&path).unwrap();
        for cut in 1..whole.len() - 1 {
            let half = [whole.as_slice(), &whole[..cut]].concat();
            fs::write(&path, &half).unwrap();
            let seen = read_wall(&path).unwrap();
            assert_eq!(seen, [line("Story time ☕")], "cut at {cut}");
            append(&path, &line("Chess club")).unwrap();
            assert_eq!(read_wall(&path).unwrap(), [line("Story time ☕"), line("Chess club")], "cut at {cut}");
        }
    }

    #[test]
    fn a_last_line_that_lost_only_its_line_end_is_a_post_and_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wall/practice.jsonl");
        append(&path, &line("Story time ☕")).unwrap();
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert_eq!(read_wall(&path).unwrap(), [line("Story time ☕")]);
        append(&path, &line("Chess club")).unwrap();
        assert_eq!(read_wall(&path).unwrap(), [line("Story time ☕"), line("Chess club")]);
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn no_post_goes_through_a_link_in_place_of_the_wall_or_its_folders() {
        for name in [".handbill", ".handbill/wall", ".handbill/wall/practice.jsonl"] {
            let folder = tempfile::tempdir().unwrap();
            let (others, link) = (folder.path().join("others"), folder.path().join(name));
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(&others, &link).unwrap();
            if !name.ends_with("jsonl") {
                fs::create_dir(&others).unwrap();
            }
            let path = folder.path().join(".handbill/wall/practice.jsonl");
            assert!(append(&path, &line("Story time")).is_err() && read_wall(&path).is_err(), "{name}");
            assert!(!others.exists() || fs::read_dir(&others).unwrap().next().is_none(), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_wall_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".handbill/wall/practice.jsonl");
        append(&path, &line("Story time")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(&folder.path().join(".handbill"))), (0o600, 0o700));
    }

    #[test]
    fn there_is_nothing_on_a_wall_that_nobody_has_written() {
        assert_eq!(read_wall(Path::new("nowhere/wall.jsonl")).unwrap(), []);
    }
}
