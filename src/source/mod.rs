//! The site's folder as it was read: one value, passed to everything pure.
//!
//! [`Files`] holds each file's path, its hash, and what it is: text that Handbill understands, a picture with its measures, or some other
//! file that is only copied. The bytes of pictures and other files stay on the disk; whoever cooks a page asks for them through [`Store`].

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{FileId, Sources};

/// A hash of bytes (BLAKE3, 32 bytes).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        ContentHash(*blake3::hash(bytes).as_bytes())
    }
}

impl fmt::Display for ContentHash {
    /// In hexadecimal, 64 letters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The formats of pictures that are understood.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PictureFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
    /// GIF; only its first frame is used.
    Gif,
    /// SVG, a text; cleaned before it is copied.
    Svg,
}

/// What a file is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// UTF-8 text, with a byte order mark left in place if it had one, so that byte offsets agree with the disk.
    Text(Arc<str>),
    /// A picture: its size in pixels after its orientation is applied.
    Picture {
        /// How it is coded.
        format: PictureFormat,
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// A file that is only copied (pdf, txt, ics, epub), or left out.
    Other,
    /// It should be text or a picture but is not: why, in plain words.
    Broken(String),
}

/// One file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its path from the root.
    pub id: FileId,
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// Its size in bytes.
    pub bytes: u64,
    /// What it is.
    pub kind: FileKind,
}

/// A file that was passed over, and why ("a link that leads out of the site's folder").
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// Which.
    pub file: FileId,
    /// Why, in plain words.
    pub why: String,
}

/// The site's folder in memory.
#[derive(Clone, Default, Debug)]
pub struct Files {
    files: BTreeMap<FileId, Arc<File>>,
    left_out: Vec<LeftOut>,
}

impl Files {
    /// These files, and what was passed over.
    pub fn new(files: impl IntoIterator<Item = File>, left_out: Vec<LeftOut>) -> Self {
        Files { files: files.into_iter().map(|file| (file.id.clone(), Arc::new(file))).collect(), left_out }
    }

    /// Texts only, for tests and examples.
    pub fn of_texts<P: AsRef<str>, T: AsRef<str>>(texts: impl IntoIterator<Item = (P, T)>) -> Self {
        let file = |path: &str, text: &str| File {
            id: FileId::new(path),
            hash: ContentHash::of(text.as_bytes()),
            bytes: text.len() as u64,
            kind: FileKind::Text(Arc::from(text)),
        };
        Files::new(texts.into_iter().map(|(path, text)| file(path.as_ref(), text.as_ref())), Vec::new())
    }

    /// These files once more, without those that are `gone` and with the `new` ones; the rest is shared.
    pub fn replaced(&self, gone: impl Fn(&FileId) -> bool, new: impl IntoIterator<Item = File>, left_out: Vec<LeftOut>) -> Self {
        let kept = self.files.iter().filter(|(id, _)| !gone(id)).map(|(id, file)| (id.clone(), Arc::clone(file)));
        let files = kept.chain(new.into_iter().map(|file| (file.id.clone(), Arc::new(file)))).collect();
        let mut left_out: Vec<LeftOut> = self.left_out.iter().filter(|one| !gone(&one.file)).cloned().chain(left_out).collect();
        left_out.sort_by(|a, b| a.file.cmp(&b.file));
        Files { files, left_out }
    }

    /// The file at this path.
    pub fn get(&self, id: &FileId) -> Option<&Arc<File>> {
        self.files.get(id)
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<File>> {
        self.files.values()
    }

    /// The files below a folder (`content/`), in the order of their paths.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Arc<File>> {
        self.files.range(FileId::new(folder)..).map(|(_, file)| file).take_while(move |file| file.id.path().starts_with(folder))
    }

    /// The hash of all there is: every path with the hash of its bytes, and what was passed over and why.
    pub fn hash(&self) -> ContentHash {
        let mut hasher = blake3::Hasher::new();
        let mut text = |text: &str, hash: &[u8]| {
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes()).update(hash);
        };
        self.files.values().for_each(|file| text(file.id.path(), &file.hash.0));
        text("", &[]);
        for left_out in &self.left_out {
            text(left_out.file.path(), &[]);
            text(&left_out.why, &[]);
        }
        ContentHash(*hasher.finalize().as_bytes())
    }

    /// What was passed over, and why.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }
}

impl Sources for Files {
    fn text(&self, file: &FileId) -> Option<&str> {
        match &self.files.get(file)?.kind {
            FileKind::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Where the bytes of pictures and other files are asked for; the disk, or a test's memory.
pub trait Store: Sync {
    /// The bytes of a file, or why they can't be had, in plain words.
    fn bytes(&self, file: &FileId) -> Result<Vec<u8>, String>;
}
