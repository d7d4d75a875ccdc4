//! Looking for a post among the account's own, newest first. docs.joinmastodon.org/methods/accounts#statuses
//!
//! Times and ids of posts are the server's and differ from server to server, so neither is trusted to tell which post is ours: its words and
//! its links do. A post counts once, for one receipt.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Mastodon, html, receipt, replies};
use crate::calendar::{DateTime, Duration, Utc, instant};
use crate::delivery::{Attempt, Found, MarkKind, Post};
use crate::platforms::{DeliveryError, RemotePost, same_words};

/// Two clocks may differ: that much further back is looked.
const BACK: Duration = Duration::days(1);

/// So many posts a page, the most there are.
const PAGE: usize = 40;

/// So many pages at most: more posts than a library makes in any time a post may be late.
const PAGES: usize = 25;

/// How far the account's posts could be read.
#[derive(PartialEq, Eq)]
enum Reach {
    /// As far back as was asked.
    Whole,
    /// There were more than anyone reads.
    Part,
}

impl Mastodon {
    /// Is the attempt's post among the account's?
    pub(super) async fn look_for(&self, attempt: &Attempt, taken: &BTreeSet<String>) -> Result<Found, DeliveryError> {
        let (statuses, reach) = self.statuses(attempt.first_tried).await?;
        let ours = &attempt.frozen.post;
        let mut doubtful = reach == Reach::Part;
        for status in statuses.iter().filter(|status| has_links_of(status, ours)) {
            let Some(receipt) = receipt(status, attempt.began).filter(|receipt| !taken.contains(&receipt.id)) else { continue };
            if self.has_words_of(status, &receipt.id, ours).await? {
                return Ok(Found::Yes(receipt));
            }
            // Somebody has changed a post with our link since: it may have been ours.
            doubtful |= !links_of(ours).is_empty() && status.get("edited_at").is_some_and(Json::is_string);
        }
        Ok(if doubtful { Found::CannotTell } else { Found::No })
    }

    /// The account's posts since then, newest first.
    pub(super) async fn own_posts(&self, since: DateTime<Utc>) -> Result<Vec<RemotePost>, DeliveryError> {
        let (statuses, _) = self.statuses(since).await?;
        let post = |status: &Json| {
            let content = content(status);
            let receipt = receipt(status, since)?;
            Some(RemotePost { receipt, text: html::text(content), links: html::links(content), key: None })
        };
        Ok(statuses.iter().filter_map(post).filter(|post| post.receipt.at >= since).collect())
    }

    async fn statuses(&self, since: DateTime<Utc>) -> Result<(Vec<Json>, Reach), DeliveryError> {
        let account = self.me().await?.id.clone();
        let mut all: Vec<Json> = Vec::new();
        let mut oldest: Option<String> = None;
        for _ in 0..PAGES {
            let mut url = self.at(&format!("/api/v1/accounts/{account}/statuses"));
            url.query_pairs_mut().append_pair("exclude_reblogs", "true").append_pair("limit", &PAGE.to_string());
            if let Some(oldest) = &oldest {
                url.query_pairs_mut().append_pair("max_id", oldest);
            }
            let reply = self.get(url).await?;
            let Some(page) = reply.json.as_ref().and_then(Json::as_array).filter(|_| reply.is_success()) else {
                return Err(replies::on_read(&self.http, &reply));
            };
            // Under a story's clock that runs ahead, the server's own says how far back "since" can lie.
            let back = instant::later(reply.date.map_or(since, |now| now.min(since)), -BACK);
            let made = |status: &Json| status.get("created_at").and_then(Json::as_str).and_then(instant::parse_rfc3339);
            let id = page.last().and_then(|status| status.get("id")).and_then(Json::as_str).map(str::to_owned);
            let far_enough = page.last().and_then(made).is_some_and(|at| at < back);
            all.extend(page.iter().cloned());
            if far_enough || id.is_none() || id == oldest {
                return Ok((all, Reach::Whole));
            }
            oldest = id;
        }
        Ok((all, Reach::Part))
    }

    /// Compares the words as they were typed, where the server still has them; else as it shows them.
    async fn has_words_of(&self, status: &Json, id: &str, ours: &Post) -> Result<bool, DeliveryError> {
        let reply = self.get(self.at(&format!("/api/v1/statuses/{id}/source"))).await?;
        match reply.json.as_ref().filter(|_| reply.is_success()).and_then(|source| source.get("text")).and_then(Json::as_str) {
            Some(typed) => Ok(same_words(&ours.text, typed)),
            None if reply.status == 429 || reply.status >= 500 || reply.status == 401 => Err(replies::on_read(&self.http, &reply)),
            None => Ok(same_words(&ours.text, &html::text(content(status)))),
        }
    }
}

fn content(status: &Json) -> &str {
    status.get("content").and_then(Json::as_str).unwrap_or_default()
}

fn links_of(post: &Post) -> Vec<&str> {
    post.marks
        .iter()
        .filter_map(|mark| match &mark.kind {
            MarkKind::Link(url) => Some(url.as_str()),
            MarkKind::Tag(_) => None,
        })
        .collect()
}

fn has_links_of(status: &Json, post: &Post) -> bool {
    let links = html::links(content(status));
    links_of(post).iter().all(|ours| links.iter().any(|theirs| is_same_address(ours, theirs)))
}

fn is_same_address(ours: &str, theirs: &str) -> bool {
    ours == theirs || url::Url::parse(ours).is_ok_and(|ours| url::Url::parse(theirs).is_ok_and(|theirs| ours == theirs))
}
