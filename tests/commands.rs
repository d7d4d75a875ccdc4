//! Whole commands, called as from a terminal: what they do, what they say, how they end.
#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "Handbill names its files itself")]

#[path = "support/command.rs"]
mod command;
#[path = "support/http.rs"]
mod http;
#[path = "support/mastodon.rs"]
mod mastodon;
#[path = "support/schema.rs"]
mod schema;

#[path = "commands/building.rs"]
mod building;
#[path = "commands/channels.rs"]
mod channels;
#[path = "commands/events.rs"]
mod events;
#[path = "commands/closings.rs"]
mod closings;
#[path = "commands/every_day.rs"]
mod every_day;
#[path = "commands/killed.rs"]
mod killed;
#[path = "commands/machines.rs"]
mod machines;
#[path = "commands/people.rs"]
mod people;
#[path = "commands/reference.rs"]
mod reference;
#[path = "commands/safety.rs"]
mod safety;
#[path = "commands/silences.rs"]
mod silences;
#[path = "commands/status.rs"]
mod status;
#[path = "commands/writing.rs"]
mod writing;
#[path = "commands/wrong.rs"]
mod wrong;
