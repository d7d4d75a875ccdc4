//! The sample library is alive on any day at any hour.

use std::thread;

use handbill::outreach::compose::fits;
use handbill::profile::{TextLimit, Unit};

use crate::command::Library;

/// A moment in every month from 2026 to 2036, at all hours: both changes of the clock, leap days and the turn of the year among them.
fn moments() -> Vec<String> {
    let mut moments = Vec::new();
    for year in 2026..=2036_u32 {
        for month in 1..=12_u32 {
            let second_sunday_of_march = 14 - (1 + year * 5 / 4) % 7;
            let (day, hour, minute) = match (month, year) {
                (1, 2028 | 2033) => (1, 0, 0),
                (2, 2028 | 2032 | 2036) => (29, (year * 7) % 24, 30),
                // an hour that does not exist, and one that comes twice: the first Sunday of November is a week and 34 weeks later
                (3, _) if year % 2 == 0 => (second_sunday_of_march, 2, 30),
                (11, _) if year % 2 == 0 => (second_sunday_of_march - 7, 1, 30),
                (12, 2027 | 2035) => (31, 23, 59),
                _ => (1 + (month * 7 + year * 3) % 28, (month * 5 + year * 11) % 24, (month * 13 + year * 29) % 60),
            };
            moments.push(format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"));
        }
    }
    moments
}

#[test]
fn in_every_month_of_eleven_years_the_sample_has_something_to_say_and_says_it_once() {
    let moments = moments();
    assert_eq!(moments.len(), 132);
    let halves = moments.split_at(moments.len() / 2);
    thread::scope(|scope| {
        for half in [halves.0, halves.1] {
            scope.spawn(move || {
                let mut library = Library::sample_with_small_pictures();
                // fewer months of pages, which nothing here looks at: a debug build takes seconds for two years of them
                library.edit("site.toml", "behind = 13", "behind = 1");
                library.edit("site.toml", "ahead = 13", "ahead = 2");
                for moment in half {
                    // the outbox is new each time, so that each is a first run
                    library.forget_the_outbox();
                    first_and_second_run(library.at(moment));
                }
            });
        }
    });
}

fn first_and_second_run(library: &Library) {
    let posts = || [library.wall("mastodon"), library.wall("bluesky")].concat();
    library.run("run").done().in_silence().says("Posted ");
    let after_the_first = posts();
    assert!(!after_the_first.is_empty());

    library.run("run").done().in_silence().says("Nothing to post").never_says("Posted").says("nothing written, all as before");
    assert_eq!(posts(), after_the_first);
}

#[test]
fn every_post_of_the_sample_fits_and_stands_on_the_wall_with_its_picture_described() {
    let mut library = Library::sample_with_small_pictures();
    library.at("2026-12-01 09:00").run("run").done().in_silence();
    let mastodon = TextLimit { most: 500, unit: Unit::Graphemes, link: Some(23), bytes: None };
    let bluesky = TextLimit { most: 300, unit: Unit::Graphemes, link: None, bytes: Some(3_000) };
    for (channel, limit) in [("mastodon", mastodon), ("bluesky", bluesky)] {
        let posts = library.wall(channel);
        assert!(posts.iter().any(|post| post.picture.is_some()), "{channel}");
        for post in posts {
            assert_eq!(post.picture.is_some(), post.alt.as_ref().is_some_and(|alt| !alt.is_empty()), "{post:?}");
            assert!(fits(&post.text, &limit), "{post:?}");
        }
    }
}
