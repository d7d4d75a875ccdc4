//! Logging in: an app password gives a token for two hours and one to renew it with. docs.bsky.app/docs/api/com-atproto-server-create-session

use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value as Json, json};
use url::Url;

use super::Bluesky;
use super::replies::{self, Purpose, RENEW};
use crate::calendar::{DateTime, Utc};
use crate::platforms::DeliveryError;
use crate::platforms::http::{Body, NoReply, Reply, is_loopback};

/// Who we are, for two hours. Log-ins are few (30 in 5 minutes, 300 a day), so one serves for the whole pass.
#[derive(Clone)]
pub(super) struct Session {
    access: SecretString,
    renewal: SecretString,
    /// The account's name for ever.
    pub(super) did: String,
    /// The account's name today.
    pub(super) handle: String,
    /// The server that holds the account's repository.
    host: Url,
}

impl Bluesky {
    /// The session, logging in if there is none.
    pub(super) async fn signed_in(&self) -> Result<Session, DeliveryError> {
        let mut session = self.session.lock().await;
        if let Some(session) = &*session {
            return Ok(session.clone());
        }
        let new = self.log_in().await?;
        *session = Some(new.clone());
        Ok(new)
    }

    /// Calls a method of the interface as the account, and sorts what is not a success.
    pub(super) async fn call<'b>(
        &self,
        verb: Method,
        method: &str,
        query: &[(&str, &str)],
        body: impl Fn() -> Body<'b>,
        asked: Option<DateTime<Utc>>,
    ) -> Result<Reply, DeliveryError> {
        let reply = self.ask(verb, method, query, body).await?.map_err(NoReply::otherwise)?;
        if reply.is_success() { Ok(reply) } else { Err(replies::sort(&self.http, &reply, Purpose::Prepare, asked)) }
    }

    /// The same, with whatever the server says. A token that has run out is renewed, once: its call was certainly not acted upon.
    pub(super) async fn ask<'b>(
        &self,
        verb: Method,
        method: &str,
        query: &[(&str, &str)],
        body: impl Fn() -> Body<'b>,
    ) -> Result<Result<Reply, NoReply>, DeliveryError> {
        let session = self.signed_in().await?;
        let url = address(&session.host, method, query);
        let reply = self.http.ask(verb.clone(), url, Some(&session.access), &[], body()).await;
        if !reply.as_ref().is_ok_and(replies::is_expired) {
            return Ok(reply);
        }
        let session = self.renewed(session).await?;
        let url = address(&session.host, method, query);
        Ok(self.http.ask(verb, url, Some(&session.access), &[], body()).await)
    }

    async fn log_in(&self) -> Result<Session, DeliveryError> {
        let body = json!({ "identifier": self.identifier, "password": self.password.expose_secret() });
        let url = address(&self.server, "com.atproto.server.createSession", &[]);
        let reply = self.http.ask(Method::POST, url, None, &[], Body::Json(&body)).await.map_err(NoReply::otherwise)?;
        if !reply.is_success() {
            return Err(replies::sort(&self.http, &reply, Purpose::LogIn, None));
        }
        if reply.json.as_ref().and_then(|json| json.get("active")) == Some(&Json::Bool(false)) {
            let why = format!("the account is not active ({})", self.http.say(reply.text("status")));
            return Err(DeliveryError::Unauthorized { why, renew: RENEW });
        }
        self.session_in(&reply, &self.server)
    }

    async fn renewed(&self, old: Session) -> Result<Session, DeliveryError> {
        let mut session = self.session.lock().await;
        let url = address(&old.host, "com.atproto.server.refreshSession", &[]);
        let reply = self.http.ask(Method::POST, url, Some(&old.renewal), &[], Body::Empty).await.map_err(NoReply::otherwise)?;
        let new = if reply.is_success() {
            self.session_in(&reply, &old.host)?
        } else if reply.status == 429 || reply.status >= 500 {
            return Err(replies::sort(&self.http, &reply, Purpose::Prepare, None));
        } else {
            self.log_in().await?
        };
        *session = Some(new.clone());
        Ok(new)
    }

    fn session_in(&self, reply: &Reply, asked: &Url) -> Result<Session, DeliveryError> {
        let secret = |field: &str| {
            let secret = SecretString::from(reply.text(field).to_owned());
            self.http.hide(&secret);
            secret
        };
        let (access, renewal) = (secret("accessJwt"), secret("refreshJwt"));
        let did = reply.text("did").to_owned();
        if access.expose_secret().is_empty() || did.is_empty() {
            let why = "the server's reply to the log-in cannot be read".to_owned();
            return Err(DeliveryError::Later { after: None, why });
        }
        let host = reply.json.as_ref().and_then(|json| repository_of(json, asked)).unwrap_or_else(|| asked.clone());
        Ok(Session { access, renewal, did, handle: reply.text("handle").to_owned(), host })
    }
}

/// The server that the account's own document names: `didDoc.service[]` with the id `#atproto_pds`. A token goes nowhere unencrypted, and from
/// this machine to no other.
fn repository_of(reply: &Json, asked: &Url) -> Option<Url> {
    let services = reply.pointer("/didDoc/service")?.as_array()?;
    let named = |service: &&Json| service.get("id").and_then(Json::as_str).is_some_and(|id| id.ends_with("#atproto_pds"));
    let url = Url::parse(services.iter().find(named)?.get("serviceEndpoint")?.as_str()?).ok()?;
    let stays = is_loopback(&url) == is_loopback(asked);
    (stays && (url.scheme() == "https" || is_loopback(&url))).then_some(url)
}

fn address(server: &Url, method: &str, query: &[(&str, &str)]) -> Url {
    let mut url = server.clone();
    url.set_path(&format!("/xrpc/{method}"));
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_only_where_it_is_safe() {
        let told = |endpoint: &str, asked: &str| {
            let reply = json!({ "didDoc": { "service": [{ "id": "#atproto_pds", "serviceEndpoint": endpoint }] } });
            repository_of(&reply, &Url::parse(asked).unwrap()).map(String::from)
        };
        assert_eq!(told("https://morel.example.net", "https://bsky.social").as_deref(), Some("https://morel.example.net/"));
        assert_eq!(told("http://morel.example.net", "https://bsky.social"), None);
        assert_eq!(told("https://morel.example.net", "http://localhost:2583"), None);
        assert_eq!(told("http://localhost:2583", "http://localhost:2583").as_deref(), Some("http://localhost:2583/"));
        assert_eq!(told("http://localhost:2583", "https://bsky.social"), None);
    }
}
