//! `[survey]`: which age band of the federal survey each audience belongs to.
//!
//! The Public Libraries Survey of the United States asks how many programs were meant for each of four ages, and how many for everybody
//! ("general interest"). A program is counted once: one for audiences of several bands is for everybody.

use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::settings::fields::{Written, wrong_kind};
use crate::settings::{Table, Terms, Value};
use crate::text::Slug;

/// Whom a program is meant for, as the survey counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AgeBand {
    /// 0 to 5 years.
    YoungChildren,
    /// 6 to 11 years.
    Children,
    /// 12 to 18 years.
    YoungAdults,
    /// 19 years and older.
    Adults,
    /// Everybody: "general interest".
    All,
}

impl AgeBand {
    /// As written in site.toml and read by scripts.
    pub const WRITTEN: [(&'static str, AgeBand); 5] = [
        ("0-5", AgeBand::YoungChildren),
        ("6-11", AgeBand::Children),
        ("12-18", AgeBand::YoungAdults),
        ("19+", AgeBand::Adults),
        ("all", AgeBand::All),
    ];

    /// As scripts read it: `0-5`.
    pub fn name(self) -> &'static str {
        AgeBand::WRITTEN.iter().find(|(_, band)| *band == self).map_or("all", |(name, _)| name)
    }
}

/// The bands of the built-in audiences.
const BANDS: &[(&str, AgeBand)] = &[
    ("babies", AgeBand::YoungChildren),
    ("toddlers", AgeBand::YoungChildren),
    ("preschoolers", AgeBand::YoungChildren),
    ("children", AgeBand::Children),
    ("teens", AgeBand::YoungAdults),
    ("adults", AgeBand::Adults),
    ("seniors", AgeBand::Adults),
    ("families", AgeBand::All),
    ("everyone", AgeBand::All),
];

/// `[survey]`
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct SurveySettings {
    /// What site.toml says; for other audiences the built-in bands hold.
    pub bands: Vec<(Slug, AgeBand)>,
}

impl SurveySettings {
    /// The band that a program for these audiences is counted in. One for nobody in particular, for an audience without a band, or for audiences
    /// of several bands is for everybody.
    pub fn age_band(&self, audience: &[Slug]) -> AgeBand {
        let mut bands = audience.iter().map(|slug| self.band_of(slug));
        let Some(first) = bands.next() else { return AgeBand::All };
        if bands.all(|band| band == first) { first } else { AgeBand::All }
    }

    fn band_of(&self, audience: &Slug) -> AgeBand {
        let own = self.bands.iter().find(|(slug, _)| slug == audience).map(|(_, band)| *band);
        let built_in = || BANDS.iter().find(|(name, _)| *name == audience.as_str()).map(|(_, band)| *band);
        own.or_else(built_in).unwrap_or(AgeBand::All)
    }
}

pub(super) fn read(file: &FileId, table: Option<&Written<Table>>, audiences: &Terms, wrong: &mut Diagnostics) -> SurveySettings {
    let mut bands = Vec::new();
    for (key, span, node) in table.iter().flat_map(|table| &table.value.0) {
        let slug = audiences.0.iter().map(|(slug, _)| slug).find(|slug| slug.as_str() == key);
        if slug.is_none() {
            let known: Vec<&str> = audiences.0.iter().map(|(slug, _)| slug.as_str()).collect();
            wrong.push(unknown_audience(file, key, span.clone(), &known));
        }
        let Value::String(text) = &node.value else {
            wrong.push(
                wrong_kind(file, key, &node.value, "an age band in quotes", node.span.clone()).help(format!("write `{key} = \"6-11\"`")),
            );
            continue;
        };
        match (slug, band(text)) {
            (Some(slug), Some(band)) => bands.push((slug.clone(), band)),
            (_, Some(_)) => {}
            (_, None) => wrong.push(
                Diagnostic::error(codes::AGE_BAND, format!("the survey has no age band \"{text}\""))
                    .at(file, node.span.clone())
                    .help(format!("write `{key} = \"0-5\"`, or \"6-11\", \"12-18\", \"19+\" or \"all\"")),
            ),
        }
    }
    SurveySettings { bands }
}

/// A band as people write it: "0–5", "0 to 5", "19+", "19 and older", "all ages", "general interest".
fn band(text: &str) -> Option<AgeBand> {
    let plain = text.trim().to_lowercase().replace(['–', '—'], "-").replace(" to ", "-").replace(" and older", "+").replace(' ', "");
    if matches!(plain.as_str(), "allages" | "generalinterest" | "general" | "everyone" | "everybody") {
        return Some(AgeBand::All);
    }
    AgeBand::WRITTEN.iter().find(|(name, _)| *name == plain).map(|(_, band)| *band)
}

fn unknown_audience(file: &FileId, key: &str, span: Span, known: &[&str]) -> Diagnostic {
    let error = Diagnostic::error(codes::UNKNOWN_TERM, format!("`[survey]` names \"{key}\", which is no audience of this library"));
    match nearest(key, known.iter().copied()) {
        Some(meant) => error.at_noted(file, span, format!("did you mean `{meant}`?")).help(format!("write `{meant}`")),
        None => error.at(file, span).help(format!("the audiences are {}", known.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band_of(survey: &SurveySettings, audience: &[&str]) -> &'static str {
        survey.age_band(&audience.iter().map(|name| Slug::new(name).unwrap()).collect::<Vec<_>>()).name()
    }

    #[test]
    fn a_program_is_counted_in_the_one_band_that_all_its_audiences_share() {
        let survey = SurveySettings::default();
        assert_eq!(band_of(&survey, &["babies", "toddlers"]), "0-5");
        assert_eq!(band_of(&survey, &["children"]), "6-11");
        assert_eq!(band_of(&survey, &["teens"]), "12-18");
        assert_eq!(band_of(&survey, &["adults", "seniors"]), "19+");
        for several in [&["toddlers", "children"][..], &["toddlers", "families"], &["everyone"], &["knitters"], &[]] {
            assert_eq!(band_of(&survey, several), "all", "{several:?}");
        }
    }

    #[test]
    fn a_library_says_itself_where_its_own_audiences_belong() {
        let tweens = Slug::new("tweens").unwrap();
        let survey = SurveySettings { bands: vec![(tweens, AgeBand::Children), (Slug::new("seniors").unwrap(), AgeBand::All)] };
        assert_eq!(band_of(&survey, &["tweens"]), "6-11");
        assert_eq!(band_of(&survey, &["seniors"]), "all");
        assert_eq!(band_of(&survey, &["adults"]), "19+");
    }

    #[test]
    fn bands_are_read_as_people_write_them() {
        for (text, band_meant) in
            [("0–5", "0-5"), ("12 to 18", "12-18"), ("19 and older", "19+"), ("All ages", "all"), ("General interest", "all")]
        {
            assert_eq!(band(text).map(AgeBand::name), Some(band_meant), "{text}");
        }
        assert_eq!(band("5-9"), None);
    }
}
