//! Which channels speak from this outbox.
//!
//! A real channel speaks only after `handbill channels start NAME` here, and only for what falls due after that moment; so a second laptop, a
//! lost file or a thrown-away machine repeats nothing. Practice needs no start.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::calendar::{DateTime, Utc};
use crate::settings::ChannelName;

/// A channel that was started here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Started {
    /// Which.
    pub channel: ChannelName,
    /// What fell due before is never posted (story time).
    pub at: DateTime<Utc>,
    /// The server that it was started for.
    pub server: Option<String>,
    /// The address of the site that it was started for.
    pub base_url: String,
}

/// Whom a channel speaks to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Speaks {
    /// A wall in a local file.
    Practice,
    /// People, through this server.
    Real {
        /// The server's address, where the channel names one.
        server: Option<String>,
    },
}

impl Speaks {
    /// May a pass under a rehearsal clock look at it? Practice, and servers on this machine.
    pub fn may_rehearse(&self) -> bool {
        match self {
            Speaks::Practice => true,
            Speaks::Real { server } => server.as_deref().is_some_and(is_loopback),
        }
    }
}

/// May a channel speak from here, and since when?
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ChannelState {
    /// It may, for all that is within grace: practice.
    Practice,
    /// It may, for what falls due from this moment on.
    Since(DateTime<Utc>),
    /// It was not started here.
    NotStarted,
    /// It was started for another server or another address of the site, said in plain words.
    Elsewhere(String),
    /// This pass is a rehearsal and does not look at it.
    NotRehearsed,
}

impl ChannelState {
    /// May it be sent anything?
    pub fn may_speak(&self) -> bool {
        matches!(self, ChannelState::Practice | ChannelState::Since(_))
    }

    /// The moment before which nothing is posted.
    pub fn since(&self) -> Option<DateTime<Utc>> {
        if let ChannelState::Since(at) = self { Some(*at) } else { None }
    }

    /// Why it is silent, in plain words.
    pub fn silence(&self, name: &ChannelName) -> Option<String> {
        match self {
            ChannelState::Practice | ChannelState::Since(_) => None,
            ChannelState::NotStarted => Some(format!("`{name}` is not started in this outbox")),
            ChannelState::Elsewhere(what) => Some(format!("`{name}` was started here for {what}")),
            ChannelState::NotRehearsed => Some(format!("`{name}` is left alone in a rehearsal (`--now`)")),
        }
    }
}

/// The state of each channel of site.toml; one that is not among them is gone.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ChannelStates(pub BTreeMap<ChannelName, ChannelState>);

impl ChannelStates {
    /// The state of this channel, if site.toml has it.
    pub fn of(&self, name: &ChannelName) -> Option<&ChannelState> {
        self.0.get(name)
    }
}

/// Whose time a pass goes by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Story {
    /// The machine's.
    True,
    /// One given with `--now`: only practice and servers on this machine are looked at.
    Rehearsal,
}

/// What each channel of site.toml may do here.
pub fn states<'a>(
    channels: impl IntoIterator<Item = (&'a ChannelName, &'a Speaks)>,
    started: &[Started],
    base_url: &str,
    story: Story,
) -> ChannelStates {
    let state = |name: &ChannelName, speaks: &Speaks| {
        if story == Story::Rehearsal && !speaks.may_rehearse() {
            return ChannelState::NotRehearsed;
        }
        let Speaks::Real { server } = speaks else { return ChannelState::Practice };
        let Some(start) = started.iter().find(|start| start.channel == *name) else { return ChannelState::NotStarted };
        if start.server != *server {
            let was = start.server.as_deref().unwrap_or("the platform's own server");
            return ChannelState::Elsewhere(format!("the server \"{was}\""));
        }
        if start.base_url != base_url {
            return ChannelState::Elsewhere(format!("a site at \"{}\"", start.base_url));
        }
        ChannelState::Since(start.at)
    };
    ChannelStates(channels.into_iter().map(|(name, speaks)| (name.clone(), state(name, speaks))).collect())
}

/// Does this address lead to the machine itself?
fn is_loopback(address: &str) -> bool {
    let Ok(url) = url::Url::parse(address) else { return false };
    match url.host() {
        Some(url::Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(url::Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(url::Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn real(server: &str) -> Speaks {
        Speaks::Real { server: Some(server.to_owned()) }
    }

    fn state(speaks: &Speaks, story: Story) -> ChannelState {
        let name = ChannelName::new("town");
        let at = DateTime::from_timestamp(1_796_000_000, 0).unwrap();
        let server = Some("https://example.social".to_owned());
        let started = [Started { channel: name.clone(), at, server, base_url: "https://library.example.org".to_owned() }];
        states([(&name, speaks)], &started, "https://library.example.org", story).0.remove(&name).unwrap()
    }

    #[test]
    fn another_server_stops_a_channel_until_it_is_started_again() {
        assert!(state(&real("https://example.social"), Story::True).may_speak());
        assert!(matches!(state(&real("https://other.social"), Story::True), ChannelState::Elsewhere(_)));
    }

    #[test]
    fn another_address_of_the_site_stops_a_channel_until_it_is_started_again() {
        let name = ChannelName::new("town");
        let at = DateTime::from_timestamp(1_796_000_000, 0).unwrap();
        let started = [Started { channel: name.clone(), at, server: None, base_url: "https://old.example.org".to_owned() }];
        let states = states([(&name, &Speaks::Real { server: None })], &started, "https://library.example.org", Story::True);
        assert!(!states.of(&name).unwrap().may_speak());
    }

    #[test]
    fn a_rehearsal_looks_only_at_practice_and_at_this_machine() {
        assert_eq!(state(&Speaks::Practice, Story::Rehearsal), ChannelState::Practice);
        for server in ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"] {
            assert!(real(server).may_rehearse(), "{server}");
        }
        for server in ["https://example.social", "https://localhost.example.org", "http://127.0.0.1.example.org", "localhost", ""] {
            assert_eq!(state(&real(server), Story::Rehearsal), ChannelState::NotRehearsed, "{server}");
        }
        assert!(!Speaks::Real { server: None }.may_rehearse());
    }
}
