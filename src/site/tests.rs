//! The site of a small library, seen whole.

use std::sync::Arc;

use super::samples::{day, event, library, local, now, page, settings, site_of};
use super::{Kind, Revisions};
use crate::library::Status;

#[test]
fn every_page_can_be_cooked_and_has_one_heading_of_level_one() {
    let site = site_of(&library(), &settings(), &Revisions::default(), "2026-12-03 09:00");
    assert!(site.diagnostics().is_empty(), "{:?}", site.diagnostics());
    for recipe in site.recipes() {
        let path = format!("/{}", recipe.path);
        if matches!(recipe.kind, Kind::Page | Kind::Redirect) {
            let html = page(&site, &path);
            assert_eq!(html.matches("<h1").count(), 1, "{path}");
            assert!(html.ends_with("</html>\n") || html.ends_with("</html>"), "{path}");
            assert!(!html.contains("<style") && !html.contains("style=\"") && !html.contains("onclick"), "{path}");
        }
    }
}
