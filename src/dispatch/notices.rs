//! What a pass must say to a person: in plain words, with the way on.

use crate::calendar::{DateTime, Now, Utc};
use crate::diagnostic::{Diagnostic, codes};
use crate::dispatch::start::StartError;
use crate::outbox::reconcile::Alarm;
use crate::outbox::start::ChannelState;
use crate::outbox::{OutboxError, Row, moment};
use crate::platforms::DeliveryError;
use crate::settings::ChannelName;

/// `"Story Time" (remind on `mastodon`, k3f9q2ha.2c)`: how a post is named in a sentence.
fn named(row: &Row) -> String {
    format!("\"{}\" ({} on `{}`, {})", row.title, row.wave, row.channel, row.handle())
}

/// A channel of site.toml that is silent here; none when it may speak, or when a rehearsal leaves it alone.
pub(super) fn silent(name: &ChannelName, state: &ChannelState) -> Option<Diagnostic> {
    let words = state.silence(name)?;
    let start = format!("`handbill channels start {name}`");
    match state {
        ChannelState::NotStarted => Some(
            Diagnostic::warning(codes::CHANNEL_NOT_STARTED, format!("{words}, so nothing is sent there"))
                .help(format!("run {start} where the scheduled job runs, and nowhere else")),
        ),
        ChannelState::Elsewhere(_) => Some(
            Diagnostic::error(codes::CHANNEL_ELSEWHERE, format!("{words}, and site.toml names another by now"))
                .help(format!("when the new one is right, run {start}; what fell due before that is not posted")),
        ),
        _ => None,
    }
}

/// The channels that a rehearsal leaves alone.
pub(super) fn rehearsal(left_alone: &[&ChannelName]) -> Diagnostic {
    let names = left_alone.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    Diagnostic::warning(codes::REHEARSAL, format!("this is a rehearsal (`--now`): nothing is sent to {names}"))
        .help("under `--now` only practice channels and servers on this machine are looked at")
}

/// The store is a copy brought back.
pub(super) fn restored(stopped: &[&ChannelName]) -> Diagnostic {
    let say = "this outbox is a copy that was brought back: it does not know what was sent since it was made";
    let names = stopped.iter().map(|name| format!("`handbill channels start {name}`")).collect::<Vec<_>>().join(", ");
    let help = if names.is_empty() {
        "only practice channels are set up, so nothing need be done".to_owned()
    } else {
        format!("start each channel again: {names}; that takes back what it finds on the platform")
    };
    Diagnostic::error(codes::RESTORED, say).help(help)
}

/// What reconciling found.
pub(super) fn alarm(alarm: &Alarm, now: Now) -> Diagnostic {
    match alarm {
        Alarm::FileGone { event, file, title, held, kept_back } => {
            let posts = if *held == 1 { "1 post is held".to_owned() } else { format!("{held} posts are held") };
            let same = kept_back.iter().map(|file| format!("\"{file}\"")).collect::<Vec<_>>().join(", ");
            let (nor, another) = match kept_back.len() {
                0 => (String::new(), ""),
                1 => (
                    format!(", and nothing new of {same}, which has the same title"),
                    "; if the new file is another event, give it another title",
                ),
                _ => (
                    format!(", and nothing new of {same}, which have the same title"),
                    "; if a new file is another event, give it another title",
                ),
            };
            Diagnostic::error(
                codes::FILE_GONE,
                format!("\"{file}\" is gone, but \"{title}\" was announced and is still ahead; nothing is said{nor}, and {posts}"),
            )
            .help(format!(
                "if it does not take place, bring the file back with `status: cancelled`; if it was renamed, write `id: {event}` or `aliases:` in the new file{another}"
            ))
        }
        Alarm::TooMany { rows, queue } => {
            let list: Vec<String> = rows.iter().map(|row| format!("  {} {}", moment::told(row.due, now), named(row))).collect();
            Diagnostic::error(
                codes::TOO_MANY,
                format!("{} of {queue} queued posts would be withdrawn, so nothing was done:\n{}", rows.len(), list.join("\n")),
            )
            .help("if that is what you want, run it again with `--yes`; if not, look whether files are missing")
        }
    }
}

/// Posts wait because the content has errors.
pub(super) fn content_broken() -> Diagnostic {
    Diagnostic::error(codes::OUTREACH_WAITS, "the content has errors, so the outbox was not brought in line with it")
        .help("posts that were scheduled before go out as they stand, but those of a file with an error wait; mend it and run again")
}

/// Nobody knows whether a post went out, and the platform can't tell.
pub(super) fn unknown(row: &Row, why: &str) -> Diagnostic {
    Diagnostic::error(codes::OUTCOME_UNKNOWN, format!("nobody knows whether {} went out: {why}", named(row)))
        .help("look at the account; Handbill does not send it again by itself")
}

/// A post in doubt will be looked for later.
pub(super) fn in_doubt(row: &Row, at: DateTime<Utc>, now: Now) -> Diagnostic {
    Diagnostic::warning(
        codes::IN_DOUBT,
        format!("whether {} went out is not known yet; it is looked for from {} on", named(row), moment::told(at, now)),
    )
}

/// A post in doubt could not be looked for.
pub(super) fn not_looked_for(row: &Row, why: &str) -> Diagnostic {
    Diagnostic::warning(codes::IN_DOUBT, format!("whether {} went out is not known, and it could not be looked for: {why}", named(row)))
        .help("the next pass tries again, and sends nothing before it knows")
}

/// A channel that is not allowed to speak.
pub(super) fn unauthorized(name: &ChannelName, why: &str, renew: &str) -> Diagnostic {
    Diagnostic::error(codes::UNAUTHORIZED, format!("`{name}` may not post, and is left out until it may again: {why}")).help(renew)
}

/// A post that cannot go out.
pub(super) fn failed(row: &Row, why: &str) -> Diagnostic {
    Diagnostic::error(codes::POST_FAILED, format!("{} did not go out, and will not: {why}", named(row)))
        .help("post it by hand if it matters; `handbill explain HB637` says what can be behind it")
}

/// A post that waits.
pub(super) fn delayed(row: &Row, why: &str) -> Diagnostic {
    Diagnostic::warning(codes::POST_DELAYED, format!("{} waits: {why}", named(row)))
}

/// A picture that could not be made.
pub(super) fn picture(row: &Row, why: &str) -> Diagnostic {
    Diagnostic::error(codes::POST_PICTURE, format!("{} waits: {why}", named(row))).help("put the picture right and run again")
}

/// What stands in the way of the outbox itself.
pub fn outbox(error: &OutboxError) -> Diagnostic {
    let help = match error {
        OutboxError::NoFolder(_) => {
            return Diagnostic::error(codes::STATE, error.to_string()).help("move it elsewhere: Handbill makes the folder itself");
        }
        OutboxError::NoFile(_) => "move it elsewhere; if it led to the outbox itself, put that in its place",
        OutboxError::Busy => "wait until it is done",
        OutboxError::Newer { .. } => "use the newer Handbill here too",
        OutboxError::Damaged(_) => "bring back a copy of `.handbill/outbox.sqlite`, then start each channel again",
        OutboxError::Disk { .. } | OutboxError::Database(_) => {
            "look whether the disk is full, and whether `.handbill/` belongs to whoever runs Handbill"
        }
        _ => "run it again",
    };
    Diagnostic::error(codes::OUTBOX, error.to_string()).help(help)
}

/// Why a channel could not be started.
pub fn start(error: &StartError) -> Diagnostic {
    match error {
        StartError::Outbox(error) => outbox(error),
        StartError::Platform(DeliveryError::Unauthorized { why, renew }) => {
            Diagnostic::error(codes::CHANNEL_START, why.clone()).help(*renew)
        }
        StartError::Platform(_) => {
            Diagnostic::error(codes::CHANNEL_START, error.to_string()).help("nothing was written down; run it again")
        }
        StartError::Practice(_) => Diagnostic::error(codes::CHANNEL_START, error.to_string()).help("run `handbill outreach run`"),
        StartError::Rehearsal(_) => Diagnostic::error(codes::CHANNEL_START, error.to_string()),
    }
}
