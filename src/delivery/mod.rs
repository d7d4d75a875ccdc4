//! One post on its way to one channel: what is sent, under which key, and what came back.
//!
//! These are the plain words that `outreach` (which composes), `outbox` (which remembers), `platforms` (which speak HTTP) and `dispatch`
//! (which drives) have in common, so that none of them needs to know another.
//!
//! - [`post`] the words, their marked parts, the picture
//! - [`attempt`] the frozen post, its idempotency key, its receipt

pub mod attempt;
pub mod post;

pub use attempt::{Attempt, Found, Frozen, FrozenPicture, IdempotencyKey, Receipt};
pub use post::{AnnouncementId, LinkCard, Mark, MarkKind, Post, PostPicture};
