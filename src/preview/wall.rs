//! The practice wall: what was posted to channels of the platform `practice`, newest first.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::build::Made;
use crate::calendar::{self, DateTime, Utc, Zone};
use crate::folder::Disk;
use crate::platforms::{WallLine, read_wall, wall_path};
use crate::preview::page;

/// The wall as a page.
pub(super) fn wall(made: &Made, disk: &Disk) -> Vec<u8> {
    let state = disk.root().join(".handbill");
    let mut body = String::from(
        "<p class=\"quiet\">Posts of practice channels stay on this machine. The lines are, to the letter, what a platform would have been sent.</p>\n",
    );
    let mut channels = made.settings.channels.iter().filter(|channel| channel.platform == "practice").peekable();
    if channels.peek().is_none() {
        body.push_str("<p>No channel in <code>site.toml</code> is of the platform <code>practice</code>.</p>\n");
    }
    for channel in channels {
        let _ = writeln!(body, "<section>\n<h2>{}</h2>", escape(channel.name.as_str()));
        match read_wall(&wall_path(&state, &channel.name)) {
            Ok(lines) if lines.is_empty() => body.push_str("<p>Nothing yet. <code>handbill outreach run</code> posts what is due.</p>\n"),
            Ok(lines) => lines.iter().rev().for_each(|line| post(&mut body, line, made)),
            Err(error) => {
                let _ = writeln!(body, "<p>The wall cannot be read: {}</p>", escape(error.to_string()));
            }
        }
        body.push_str("</section>\n");
    }
    page::own("Practice wall", &body)
}

fn post(body: &mut String, line: &WallLine, made: &Made) {
    let answers = if line.replies_to.is_some() { "<p class=\"quiet\">answers an earlier post</p>\n" } else { "" };
    let _ = writeln!(
        body,
        "<article>\n<time datetime=\"{}\">{}</time>\n{answers}<p>{}</p>",
        line.at.to_rfc3339(),
        escape(moment(line.at, made.settings.site.zone)),
        escape(&line.text)
    );
    if let Some(picture) = &line.picture {
        let alt = line.alt.as_deref().unwrap_or_default();
        let said = if alt.is_empty() { "decorative".to_owned() } else { format!("“{alt}”") };
        let address = format!("/{}", picture.strip_prefix("content/").unwrap_or(picture));
        body.push_str("<figure>\n");
        if made.site.recipe(&address).is_some() {
            let address = made.settings.site.href(&address);
            let _ = writeln!(body, "<img src=\"{}\" alt=\"{}\" loading=\"lazy\">", escape(&address), escape(alt));
        }
        let _ = writeln!(body, "<figcaption>{}: {}</figcaption>\n</figure>", escape(picture), escape(&said));
    }
    body.push_str("</article>\n");
}

/// When, as the library's clock showed it: "Thursday, December 3, 2026, 9:30 am EST".
fn moment(at: DateTime<Utc>, zone: Zone) -> String {
    let local = at.with_timezone(&zone);
    format!(
        "{}, {} {}",
        calendar::long_date_with_year(local.date_naive()),
        calendar::time(local.time()),
        zone.observance_at(at).abbreviation
    )
}
