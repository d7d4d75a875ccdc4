//! Who may ask: only pages and people of this machine.

/// What a request says of itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// Does it only read (GET, HEAD)?
    pub(super) reads: bool,
    /// `Host`.
    pub(super) host: Option<&'a str>,
    /// `Origin`.
    pub(super) origin: Option<&'a str>,
}

/// Why a request is not answered: the status and words for whoever sent it.
pub(super) fn refusal(asked: Asked<'_>, port: u16) -> Option<(u16, &'static str)> {
    let Some(host) = asked.host.filter(|host| is_ours(host, port)) else {
        return Some((403, "The preview answers only under localhost and 127.0.0.1, with its own port."));
    };
    if asked.reads {
        return None;
    }
    let same = asked.origin.and_then(|origin| origin.strip_prefix("http://")).is_some_and(|origin| origin.eq_ignore_ascii_case(host));
    Some(if same { (405, "The preview can only be read.") } else { (403, "This was asked for by a page of another site.") })
}

/// A name of this machine, with our port.
fn is_ours(host: &str, port: u16) -> bool {
    let (name, given) = match host.rsplit_once(':') {
        Some((name, digits)) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => (name, digits.parse().ok()),
        _ => (host, Some(80)),
    };
    given == Some(port) && ["localhost", "127.0.0.1", "[::1]"].iter().any(|ours| name.eq_ignore_ascii_case(ours))
}

#[cfg(test)]
mod tests {
    use super::{Asked, refusal};

    #[test]
    fn a_foreign_host_is_refused() {
        let of = |host: Option<&str>| refusal(Asked { reads: true, host, origin: None }, 4000).map(|(status, _)| status);
        for ours in ["localhost:4000", "127.0.0.1:4000", "LOCALHOST:4000", "[::1]:4000"] {
            assert_eq!(of(Some(ours)), None, "{ours}");
        }
        for foreign in [
            "library.example.org:4000",
            "localhost:4001",
            "localhost",
            "127.0.0.1.example.org:4000",
            "localhost.:4000",
            "",
            "a@localhost:4000",
        ] {
            assert_eq!(of(Some(foreign)), Some(403), "{foreign}");
        }
        assert_eq!(of(None), Some(403));
    }

    #[test]
    fn nothing_but_reading_is_possible() {
        let of = |origin| refusal(Asked { reads: false, host: Some("localhost:4000"), origin }, 4000).map(|(status, _)| status);
        assert_eq!(of(None), Some(403));
        assert_eq!(of(Some("http://evil.example")), Some(403));
        assert_eq!(of(Some("null")), Some(403));
        assert_eq!(of(Some("http://localhost:4000")), Some(405));
    }
}
