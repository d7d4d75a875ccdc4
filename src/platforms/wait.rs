//! When a server says that we may come back: `Retry-After` and the headers of rate limits, each as its platform writes it.

use reqwest::header::HeaderMap;

use crate::calendar::{DateTime, Duration, Utc, instant};

/// How long to stay away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wait {
    /// So long from the reply on.
    For(Duration),
    /// Until then, by the server's clock.
    Until(DateTime<Utc>),
}

impl Wait {
    /// When it ends, by the clock that `asked` was read from; by the server's own where that is unknown.
    ///
    /// The server's clock may be wrong, or ours may be a story's: of the two ways to reckon, the shorter wait that is one is taken. Coming
    /// back too early costs one more refusal; too late may cost the post.
    pub(super) fn ends(self, server_now: Option<DateTime<Utc>>, asked: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        match (self, asked.or(server_now)) {
            (Wait::For(length), from) => from.map(|from| instant::later(from, length)),
            (Wait::Until(end), None) => Some(end),
            (Wait::Until(end), Some(from)) => {
                let lengths = [Some(from), server_now].into_iter().flatten().map(|clock| instant::between(clock, end));
                let shortest = lengths.filter(|length| *length >= Duration::zero()).min();
                Some(instant::later(from, shortest.unwrap_or_default()))
            }
        }
    }
}

/// The server's clock: the header `Date`.
pub(super) fn date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    text(headers, "date").and_then(instant::parse_http_date)
}

/// What the headers ask for; the plainest wins.
///
/// `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), `X-RateLimit-Reset` in RFC 3339 (Mastodon), `RateLimit-Reset` in seconds since
/// 1970 (Bluesky) or from now (the IETF's draft).
pub(super) fn read(headers: &HeaderMap) -> Option<Wait> {
    if let Some(asked) = text(headers, "retry-after") {
        let seconds = asked.parse().ok().and_then(seconds);
        return seconds.map(Wait::For).or_else(|| instant::parse_http_date(asked).map(Wait::Until));
    }
    let reset = text(headers, "x-ratelimit-reset").or_else(|| text(headers, "ratelimit-reset"))?;
    if let Some(end) = instant::parse_rfc3339(reset) {
        return Some(Wait::Until(end));
    }
    match reset.parse::<i64>().ok()? {
        number @ 1_000_000_000.. => instant::from_unix_seconds(number).map(Wait::Until),
        number => seconds(number).map(Wait::For),
    }
}

/// A length that a server may ask for: up to a month; anything else is nonsense.
fn seconds(number: i64) -> Option<Duration> {
    (0..=31 * 86_400).contains(&number).then(|| Duration::seconds(number))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(all: &[(&'static str, &'static str)]) -> HeaderMap {
        all.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    fn at(text: &str) -> DateTime<Utc> {
        instant::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn each_platforms_way_of_saying_not_yet_is_understood() {
        let mastodon = read(&headers(&[("x-ratelimit-reset", "2026-12-03T15:35:00.123456Z")]));
        assert_eq!(mastodon, Some(Wait::Until(at("2026-12-03T15:35:00.123456Z"))));
        let bluesky = read(&headers(&[("ratelimit-reset", "1796312100")]));
        assert_eq!(bluesky, Some(Wait::Until(at("2026-12-03T15:35:00Z"))));
        assert_eq!(read(&headers(&[("ratelimit-reset", "30")])), Some(Wait::For(Duration::seconds(30))));
        assert_eq!(read(&headers(&[("retry-after", "120"), ("ratelimit-reset", "30")])), Some(Wait::For(Duration::seconds(120))));
        assert_eq!(read(&headers(&[("retry-after", "Thu, 03 Dec 2026 15:35:00 GMT")])), Some(Wait::Until(at("2026-12-03T15:35:00Z"))));
        assert_eq!(read(&headers(&[("retry-after", "-5")])), None);
        assert_eq!(read(&headers(&[])), None);
    }

    #[test]
    fn a_servers_wrong_clock_does_not_lengthen_the_wait() {
        let wait = Wait::Until(at("2026-12-03T16:05:00Z"));
        let (server, ours) = (at("2026-12-03T16:00:00Z"), at("2026-12-03T15:30:00Z"));
        assert_eq!(wait.ends(Some(server), Some(ours)), Some(at("2026-12-03T15:35:00Z")));
        assert_eq!(wait.ends(Some(ours), Some(server)), Some(at("2026-12-03T16:05:00Z")));
        assert_eq!(wait.ends(Some(at("2026-12-09T00:00:00Z")), Some(server)), Some(at("2026-12-03T16:05:00Z")));
        assert_eq!(wait.ends(None, Some(ours)), Some(at("2026-12-03T16:05:00Z")));
        assert_eq!(wait.ends(None, None), Some(at("2026-12-03T16:05:00Z")));
        assert_eq!(Wait::For(Duration::seconds(60)).ends(None, None), None);
    }
}
