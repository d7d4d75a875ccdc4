//! Making one file of its recipe. The only place that calls templates and makes pictures; may be called from many threads.

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, codes};
use crate::pictures;
use crate::source::Store;
use crate::theme::{AssetBytes, cooking_fault};

use super::Site;
use super::recipe::{Make, Recipe};
use super::views::View;
use super::views::shortcodes::{BODY, Shown, fill};

/// The longer side of a picture on a page, in pixels.
const MOST_SIDE: u32 = 1600;
/// What a page weighs at least, to begin with.
const PAGE: usize = 16 * 1024;

impl Site {
    /// Makes one file. `store` is asked for the bytes of pictures and of files that are copied.
    pub fn cook(&self, recipe: &Recipe, store: &dyn Store) -> Result<Vec<u8>, Diagnostics> {
        match &recipe.make {
            Make::Page(view, shown) => self.page(recipe, view, shown),
            Make::Text(parts) => Ok(parts.iter().map(|part| part.as_bytes()).collect::<Vec<_>>().concat()),
            Make::Copy(file) | Make::Asset(AssetBytes::OnDisk(file)) => bytes(file, store),
            Make::Asset(AssetBytes::BuiltIn(bytes)) => Ok(bytes.to_vec()),
            Make::Asset(AssetBytes::Text(_, text)) => Ok(text.as_bytes().to_vec()),
            Make::Picture(file) => {
                let picture = pictures::for_web(&bytes(file, store)?, MOST_SIDE);
                picture.map(|picture| picture.bytes).map_err(|why| unusable(file, &why))
            }
            Make::Drawing(file) => {
                let text = String::from_utf8(bytes(file, store)?).map_err(|_| unusable(file, "it is not UTF-8"))?;
                Ok(pictures::svg::clean(&text).0.into_bytes())
            }
        }
    }

    fn page(&self, recipe: &Recipe, view: &View, shown: &[Shown]) -> Result<Vec<u8>, Diagnostics> {
        let fault_of = |error: &tera::Error, template| -> Diagnostics {
            [cooking_fault(error, &self.theme, template, recipe.path.as_str())].into_iter().collect()
        };
        let template = view.template();
        let fault = |error: &tera::Error| fault_of(error, template);
        let mut context = tera::Context::from_serialize(view).map_err(|error| fault(&error))?;
        if !shown.is_empty() {
            let bare = context.get(BODY).and_then(|body| body.as_str()).unwrap_or_default().to_owned();
            let body = fill(&bare, shown, &self.kitchen).map_err(|(template, error)| fault_of(&error, template))?;
            context.insert(BODY, &body);
        }
        let mut page = Vec::with_capacity(PAGE);
        self.kitchen.render_to(template, &context, &mut page).map_err(|error| fault(&error))?;
        Ok(page)
    }
}

fn bytes(file: &FileId, store: &dyn Store) -> Result<Vec<u8>, Diagnostics> {
    let gone = |why: String| Diagnostic::error(codes::PICTURE_GONE, format!("`{file}` cannot be read: {why}")).at(file, 0..0);
    store.bytes(file).map_err(|why| [gone(why)].into_iter().collect())
}

fn unusable(file: &FileId, why: &str) -> Diagnostics {
    [Diagnostic::error(codes::PICTURE_GONE, format!("the picture cannot be used: {why}")).at(file, 0..0)].into_iter().collect()
}
