//! Which names of files are taken, and what a file is by its name.

use crate::text::is_windows_device;

/// The folders of a site that are read, besides `site.toml`.
pub(super) const FOLDERS: [&str; 3] = ["announce", "content", "themes"];
/// The longest path from the root, in bytes: what addresses, archives and other systems still hold.
const LONGEST: usize = 400;

/// What is said of a name.
pub(super) enum Verdict {
    /// Read it.
    Take,
    /// Left there by a system or a tool, for itself: not worth a word.
    Pass,
    /// Left out, and why.
    LeaveOut(&'static str),
}

/// May a file or folder of this name, below the root, be read? `path` is its whole path from the root.
pub(super) fn judge(name: &str, path: &str) -> Verdict {
    if matches!(name, ".DS_Store" | ".git" | ".gitkeep" | ".gitignore" | ".gitattributes" | "Thumbs.db" | "desktop.ini" | "node_modules") {
        return Verdict::Pass;
    }
    if name.starts_with('.') {
        return Verdict::LeaveOut("a hidden file: its name begins with a dot");
    }
    if name.starts_with("~$") || name.ends_with('~') {
        return Verdict::LeaveOut("what an editor keeps while a file is open");
    }
    if path.len() > LONGEST {
        return Verdict::LeaveOut("its path is too long");
    }
    if name.chars().any(|c| c.is_control() || matches!(c, '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|')) {
        return Verdict::LeaveOut("its name holds a character that addresses or other systems cannot have");
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return Verdict::LeaveOut("its name begins with a space, or ends with a space or a dot");
    }
    if is_windows_device(name) {
        return Verdict::LeaveOut("its name means a device on Windows");
    }
    Verdict::Take
}

/// How the bytes of a file are to be understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reading {
    /// UTF-8 text.
    Text,
    /// A picture, whose measures are taken.
    Picture,
    /// Neither: only its hash is taken.
    Other,
}

/// By the file's path from the root. A `.txt` in `content/` is a file for patrons to fetch, elsewhere it is a post's text.
pub(super) fn reading(path: &str) -> Reading {
    let text_is_ours = !path.starts_with("content/");
    match ending(path).as_str() {
        "md" | "toml" | "yaml" | "yml" | "html" | "css" | "js" | "json" | "xml" | "ftl" | "csv" => Reading::Text,
        "txt" if text_is_ours => Reading::Text,
        "jpg" | "jpeg" | "png" | "webp" | "gif" | "svg" => Reading::Picture,
        _ => Reading::Other,
    }
}

/// The ending of a file's name in lower case, without the dot.
pub(super) fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}
