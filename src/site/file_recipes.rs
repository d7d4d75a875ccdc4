//! Files that are no pages: pictures, what is copied as it is, the theme's static files.

use std::collections::BTreeSet;

use super::addresses;
use super::plan::{entries, plain_fingerprint};
use super::recipe::{Kind, Make, OutputPath, Recipe};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, codes};
use crate::library::{Library, PagePath};
use crate::source::{ContentHash, FileKind, Files, PictureFormat};
use crate::theme::Theme;

/// The pictures that the pages of a library use, as it is read in one language.
pub(super) fn pictured(library: &Library) -> BTreeSet<FileId> {
    let used = entries(library).flat_map(|entry| entry.image.iter().map(|image| &image.file).chain(&entry.body.pictures));
    used.filter(|file| !library.copied.contains_key(*file)).cloned().collect()
}

/// Each picture at its path below `content/`.
pub(super) fn pictures(used: &BTreeSet<FileId>, files: &Files, wrong: &mut Diagnostics) -> Vec<Recipe> {
    let mut recipes = Vec::new();
    for file in used {
        let Some(found) = files.get(file) else {
            wrong.push(
                Diagnostic::error(codes::PICTURE_GONE, format!("the picture `{file}` is not there"))
                    .help("put it back, or take it off the pages that show it"),
            );
            continue;
        };
        let make = match &found.kind {
            FileKind::Picture { format: PictureFormat::Svg, .. } => Make::Drawing(file.clone()),
            _ => Make::Picture(file.clone()),
        };
        recipes.push(from_file(&addresses::file(file.path()), Kind::Picture, found.hash, make, file));
    }
    recipes
}

/// What is copied as it is; drawings are cleaned on the way.
pub(super) fn copies(library: &Library, files: &Files) -> Vec<Recipe> {
    let copied = library.copied.iter().filter_map(|(file, path)| Some((files.get(file)?, path)));
    copied
        .map(|(found, path)| {
            let drawing = found.id.path().to_ascii_lowercase().ends_with(".svg");
            let make = if drawing { Make::Drawing(found.id.clone()) } else { Make::Copy(found.id.clone()) };
            from_file(path, if drawing { Kind::Picture } else { Kind::Copy }, found.hash, make, &found.id)
        })
        .collect()
}

/// The theme's static files.
pub(super) fn assets(theme: &Theme) -> Vec<Recipe> {
    let asset = |asset: &crate::theme::Asset| Recipe {
        path: OutputPath::of_address(&addresses::asset(&asset.path)),
        fingerprint: plain_fingerprint("asset", [asset.hash.0.as_slice()]),
        kind: Kind::Asset,
        source: None,
        make: Make::Asset(asset.bytes.clone()),
    };
    theme.assets().iter().map(asset).collect()
}

fn from_file(path: &PagePath, kind: Kind, hash: ContentHash, make: Make, file: &FileId) -> Recipe {
    let what = match make {
        Make::Picture(_) => "picture",
        Make::Drawing(_) => "drawing",
        _ => "copy",
    };
    Recipe {
        path: OutputPath::from(path),
        fingerprint: plain_fingerprint(what, [hash.0.as_slice()]),
        kind,
        source: Some(file.clone()),
        make,
    }
}
