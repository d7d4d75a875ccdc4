//! The shortcodes of a body: marks in their places while its HTML is made and cleaned, and they themselves when all is done.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::CowStr;

use super::Maker;
use crate::content::raw_html::Placing;
use crate::content::shortcodes::Does;
use crate::diagnostic::{Diagnostic, FileId, codes};
use crate::library::{Body, Placed, Shortcode};

/// A part of a text.
pub(super) enum Piece<'a> {
    /// As staff wrote it.
    Words(CowStr<'a>),
    /// What stands for a shortcode.
    Mark(CowStr<'a>),
}

impl<'a> Piece<'a> {
    pub(super) fn into_text(self) -> CowStr<'a> {
        match self {
            Piece::Words(text) | Piece::Mark(text) => text,
        }
    }
}

impl<'a> Maker<'a, '_, '_> {
    /// A text in pieces: its words, and the marks of the shortcodes that stand between them.
    pub(super) fn pieces(&mut self, words: CowStr<'a>, range: &Range<usize>, in_link: bool) -> Vec<Piece<'a>> {
        let first = self.spots.partition_point(|spot| spot.range.start < range.start);
        let within = self.spots[first..].iter().take_while(|spot| spot.range.end <= range.end).count();
        if within == 0 || words.len() != range.len() {
            return vec![Piece::Words(words)];
        }
        let mut pieces = Vec::with_capacity(2 * within + 1);
        let mut at = range.start;
        for number in first..first + within {
            let spot = self.spots[number].range.clone();
            if spot.start > at {
                pieces.push(Piece::Words(CowStr::from(words[at - range.start..spot.start - range.start].to_owned())));
            }
            at = spot.end;
            if in_link && self.spots[number].does.iter().any(|does| matches!(does, Does::Show(_))) {
                self.misplaced(&spot, "a shortcode cannot stand within a link", "write it before or behind the link");
                self.spots[number].does.clear();
            }
            if let [Does::Say(words)] = self.spots[number].does.as_slice() {
                pieces.push(Piece::Words(CowStr::from(words.clone())));
                self.spots[number].does.clear();
                continue;
            }
            pieces.extend(self.mark(number).map(|mark| Piece::Mark(CowStr::from(mark))));
        }
        if at < range.end {
            pieces.push(Piece::Words(CowStr::from(words[at - range.start..].to_owned())));
        }
        pieces
    }

    /// The mark of the shortcode that this rule stands for; empty where something is wrong with it.
    pub(super) fn spot_between(&self, range: &Range<usize>) -> Option<String> {
        let number = self.spots.partition_point(|spot| spot.range.start < range.start);
        let spot = self.spots.get(number).filter(|spot| spot.between && spot.range.start < range.end)?;
        let mark = self.mark(number).unwrap_or_default();
        Some(if spot.does.is_empty() { String::new() } else { format!("{mark}\n") })
    }

    /// What stands in the place of a shortcode until all is clean.
    fn mark(&self, number: usize) -> Option<String> {
        let kept = self.kept.as_ref().filter(|_| !self.spots[number].does.is_empty())?;
        Some(kept.spot(number))
    }

    fn misplaced(&mut self, range: &Range<usize>, said: &str, help: &str) {
        let error = Diagnostic::error(codes::SHORTCODE_PLACE, said).at(self.links.file, self.span(range));
        self.links.wrong.push(error.help(help));
    }

    /// The finished body: shortcodes in their places.
    pub(super) fn finish(mut self, html: String) -> Body {
        let spots = std::mem::take(&mut self.spots);
        let mut html = html;
        if let Some(kept) = self.kept.take().filter(|_| !spots.is_empty()) {
            let ranges: Vec<Range<usize>> = spots.iter().map(|spot| spot.range.clone()).collect();
            let Placing { html: clear, placed, lost, torn } = kept.place(&html, spots);
            html = clear;
            for number in lost {
                self.misplaced(
                    &ranges[number],
                    "a shortcode cannot stand here",
                    "give it a line of its own, with an empty line above and below; not in a link's address, a picture's words or an HTML tag",
                );
            }
            for number in torn {
                self.misplaced(
                    &ranges[number],
                    "what begins here ends within something else, such as an item of a list",
                    "let its `{{ end }}` stand as far to the right as its beginning, outside of lists and quotations that it does not hold whole",
                );
            }
            pictures_of(&placed, &mut self.body.pictures);
            self.body.shortcodes = placed;
        }
        self.body.html = Arc::from(html);
        self.body
    }
}

/// The pictures that shortcodes show.
fn pictures_of(placed: &[Placed], pictures: &mut Vec<FileId>) {
    for one in placed {
        if let Shortcode::Figure { picture, .. }
        | Shortcode::Video { picture: Some(picture), .. }
        | Shortcode::Staff { picture: Some(picture), .. } = &one.shortcode
            && !pictures.contains(&picture.file)
        {
            pictures.push(picture.file.clone());
        }
        pictures_of(&one.inside, pictures);
    }
}
