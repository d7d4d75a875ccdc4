//! A folder as Handbill is handed it, made of what stands there by whoever looks.

use std::fs;
use std::path::Path;

use handbill::source::{File, Files};

/// Every file below `root`, by its path from there with forward slashes; `file` makes each, or leaves it out.
pub(crate) fn files_below(root: &Path, file: impl Fn(&str, Vec<u8>) -> Option<File>) -> Files {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let id = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.extend(file(&id, fs::read(&path).unwrap()));
        }
    }
    Files::new(files, Vec::new())
}
