//! The HTTP client that all platforms share, and what the failures of a line mean.
//!
//! Nothing here tries again: only the outbox does. A connection serves one request, so that a line which an idle server has closed cannot be
//! mistaken for one that broke under a post. No redirect is followed, or a token would travel with it.

use std::error::Error as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once};

use futures_util::stream;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value as Json;
use url::{Host, Url};

use crate::calendar::{DateTime, Duration, Utc};
use crate::platforms::DeliveryError;
use crate::platforms::wait::{self, Wait};

/// As whom we ask.
const USER_AGENT: &str = concat!("Handbill/", env!("CARGO_PKG_VERSION"));

/// The most bytes of a reply that are read: far more than any reply we look for.
const LONGEST_REPLY: usize = 4 << 20;

/// The most letters of a platform's own words that are repeated to people.
const LONGEST_WORDS: usize = 300;

/// Bodies leave in pieces of this size, so that a line which breaks early is known to have broken early.
const PIECE: usize = 16 << 10;

/// A request got no reply that could be read.
#[derive(Debug)]
pub(super) enum NoReply {
    /// It never left as a whole: it was certainly not acted upon.
    NotSent(String),
    /// It left, or may have: it was perhaps acted upon.
    Lost(String),
}

impl NoReply {
    /// For a request that makes something public.
    pub(super) fn on_post(self) -> DeliveryError {
        match self {
            NoReply::NotSent(why) => DeliveryError::Later { after: None, why },
            NoReply::Lost(why) => DeliveryError::Unknown { why },
        }
    }

    /// For a request that makes nothing public: whatever became of it, it can be made again.
    pub(super) fn otherwise(self) -> DeliveryError {
        let (NoReply::NotSent(why) | NoReply::Lost(why)) = self;
        DeliveryError::Later { after: None, why }
    }
}

/// What a server answered.
#[derive(Debug)]
pub(super) struct Reply {
    /// The status: 200.
    pub(super) status: u16,
    /// The body, when it is JSON.
    pub(super) json: Option<Json>,
    /// Where a redirect points.
    pub(super) location: Option<String>,
    /// The server's clock.
    pub(super) date: Option<DateTime<Utc>>,
    wait: Option<Wait>,
}

impl Reply {
    /// Was the request granted?
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// A text of the body's object; empty when it has none of this name.
    pub(super) fn text(&self, field: &str) -> &str {
        self.json.as_ref().and_then(|json| json.get(field)).and_then(Json::as_str).unwrap_or_default()
    }

    /// Before when we should not come back, if the server says so; `asked` is when the request was made (story time), none where only the
    /// server's own clock is known.
    pub(super) fn not_before(&self, asked: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        self.wait.and_then(|wait| wait.ends(self.date, asked))
    }
}

/// What goes with a request.
pub(super) enum Body<'a> {
    /// Nothing.
    Empty,
    /// JSON.
    Json(&'a Json),
    /// Bytes of this type.
    Bytes(&'a str, Arc<[u8]>),
    /// Fields of a form with files.
    Form(reqwest::multipart::Form),
}

/// A client for one channel.
#[derive(Debug)]
pub(super) struct Http {
    client: Client,
    hidden: Mutex<Vec<SecretString>>,
}

impl Http {
    /// A client that talks to `server` and gives each request `most` time as a whole. On loopback no proxy stands between.
    pub(super) fn new(server: &Url, most: Duration) -> Result<Self, String> {
        let client = builder(most);
        let client = if is_loopback(server) { client.no_proxy() } else { client };
        let client = client.redirect(redirect::Policy::none()).build().map_err(|error| words(&error))?;
        Ok(Http { client, hidden: Mutex::default() })
    }

    /// From now on this secret is struck out of every sentence that [`Http::say`] passes on.
    pub(super) fn hide(&self, secret: &SecretString) {
        let mut hidden = self.hidden.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !secret.expose_secret().is_empty() {
            hidden.push(secret.clone());
        }
    }

    /// A stranger's words as we repeat them: without our secrets, without control characters, not too long.
    pub(super) fn say(&self, text: &str) -> String {
        let hidden = self.hidden.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let told = hidden.iter().fold(text.to_owned(), |text, secret| text.replace(secret.expose_secret(), "•••"));
        told.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_WORDS).collect::<String>().trim().to_owned()
    }

    /// Asks, and reads the whole reply.
    pub(super) async fn ask(
        &self,
        method: Method,
        url: Url,
        bearer: Option<&SecretString>,
        headers: &[(HeaderName, &str)],
        body: Body<'_>,
    ) -> Result<Reply, NoReply> {
        let mut request = self.client.request(method, url).header(header::ACCEPT, "application/json");
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        if let Some(secret) = bearer {
            let value = HeaderValue::from_str(&format!("Bearer {}", secret.expose_secret()));
            let mut value = value.map_err(|_| NoReply::NotSent("the token holds letters that no token has".to_owned()))?;
            value.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, value);
        }
        let (request, left) = with_body(request, body);
        let lost = |error: &reqwest::Error| {
            let why = self.say(&words(error));
            if error.is_connect() || error.is_builder() || !left.load(Ordering::Acquire) {
                NoReply::NotSent(why)
            } else {
                NoReply::Lost(why)
            }
        };
        let mut response = request.send().await.map_err(|error| lost(&error))?;
        let status = response.status().as_u16();
        let mut bytes = Vec::new();
        let mut whole = true;
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if bytes.len() + chunk.len() <= LONGEST_REPLY => bytes.extend_from_slice(&chunk),
                Ok(None) => break,
                Ok(Some(_)) | Err(_) => {
                    whole = false;
                    break;
                }
            }
        }
        // A reply that says no is no, whether or not the rest of it can be read; one that says yes must be read to be believed.
        if !whole && (200..300).contains(&status) {
            return Err(NoReply::Lost("the line broke in the middle of the reply".to_owned()));
        }
        Ok(reply(status, response.headers(), &bytes))
    }
}

fn reply(status: u16, headers: &HeaderMap, bytes: &[u8]) -> Reply {
    Reply {
        status,
        json: serde_json::from_slice(bytes).ok(),
        location: headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned),
        date: wait::date(headers),
        wait: wait::read(headers),
    }
}

/// Adds the body, and gives a flag that is set once its last byte was handed to the line (at once, when there is no body to follow).
fn with_body(request: RequestBuilder, body: Body<'_>) -> (RequestBuilder, Arc<AtomicBool>) {
    let left = Arc::new(AtomicBool::new(false));
    let (kind, bytes): (&str, Arc<[u8]>) = match body {
        Body::Empty => {
            left.store(true, Ordering::Release);
            return (request, left);
        }
        Body::Form(form) => {
            left.store(true, Ordering::Release);
            return (request.multipart(form), left);
        }
        Body::Json(json) => ("application/json", json.to_string().into_bytes().into()),
        Body::Bytes(kind, bytes) => (kind, bytes),
    };
    let request = request.header(header::CONTENT_TYPE, kind).header(header::CONTENT_LENGTH, bytes.len());
    let flag = Arc::clone(&left);
    let pieces = stream::unfold(0, move |at| {
        let end = bytes.len().min(at + PIECE);
        let piece = bytes.get(at..end).filter(|piece| !piece.is_empty()).map(<[u8]>::to_vec);
        if end == bytes.len() {
            flag.store(true, Ordering::Release);
        }
        async move { piece.map(|piece| (Ok::<_, std::convert::Infallible>(piece), end)) }
    });
    (request.body(reqwest::Body::wrap_stream(pieces)), left)
}

fn builder(most: Duration) -> reqwest::ClientBuilder {
    static TLS: Once = Once::new();
    TLS.call_once(|| {
        // Fails only when the program has installed one already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder()
        .user_agent(USER_AGENT)
        .timeout(most.to_std().unwrap_or_default())
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(0)
}

/// The innermost reason of a failure, which is the one that says something, without the address asked.
fn words(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no reply came in time".to_owned();
    }
    let mut reason: &dyn std::error::Error = error;
    while let Some(deeper) = reason.source() {
        reason = deeper;
    }
    if error.source().is_some() { reason.to_string() } else { "the request failed".to_owned() }
}

/// Is this address on the machine itself?
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Does a page answer?
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answers {
    /// With 200.
    Yes,
    /// Not so; in plain words.
    No(String),
}

/// Asks for a page as a reader's browser would, redirects included: a post waits until its link answers 200.
pub async fn answers(url: &str) -> Answers {
    let no = |why: String| Answers::No(format!("{url} {why}"));
    let Ok(address) = Url::parse(url) else { return no("is no address".to_owned()) };
    let client = builder(Duration::seconds(20)).redirect(redirect::Policy::limited(5));
    let client = if is_loopback(&address) { client.no_proxy() } else { client };
    let reply = match client.build() {
        Ok(client) => client.get(address).send().await,
        Err(error) => return no(format!("cannot be asked for: {}", words(&error))),
    };
    match reply {
        Ok(reply) if reply.status().as_u16() == 200 => Answers::Yes,
        Ok(reply) => no(format!("answers {}", reply.status().as_u16())),
        Err(error) => no(format!("does not answer: {}", words(&error))),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};

    use super::*;

    /// A server that deals with one connection as told; its address.
    fn server(deal: impl FnOnce(TcpStream) + Send + 'static) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = Url::parse(&format!("http://{}/post", listener.local_addr().unwrap())).unwrap();
        std::thread::spawn(move || deal(listener.accept().unwrap().0));
        url
    }

    /// Reads until `enough` stands there, or the line ends.
    fn hear(stream: &mut TcpStream, enough: &str) -> String {
        let (mut heard, mut byte) = (Vec::new(), [0]);
        while !heard.ends_with(enough.as_bytes()) && stream.read(&mut byte).is_ok_and(|read| read == 1) {
            heard.push(byte[0]);
        }
        String::from_utf8_lossy(&heard).into_owned()
    }

    async fn put(url: &Url, most: Duration, body: Body<'_>) -> Result<Reply, NoReply> {
        Http::new(url, most).unwrap().ask(Method::POST, url.clone(), None, &[], body).await
    }

    fn sorted(reply: Result<Reply, NoReply>) -> String {
        match reply {
            Ok(reply) => format!("answered {}", reply.status),
            Err(NoReply::NotSent(_)) => "not sent".to_owned(),
            Err(NoReply::Lost(_)) => "lost".to_owned(),
        }
    }

    const LONG: Duration = Duration::seconds(30);

    fn words() -> Json {
        serde_json::json!({ "status": "Story time" })
    }

    #[tokio::test]
    async fn what_never_reached_a_server_was_not_sent() {
        let nobody = {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            Url::parse(&format!("http://{}/post", listener.local_addr().unwrap())).unwrap()
        };
        assert_eq!(sorted(put(&nobody, LONG, Body::Json(&words())).await), "not sent");
        let unknown = Url::parse("http://no-such-host.invalid/post").unwrap();
        assert_eq!(sorted(put(&unknown, LONG, Body::Json(&words())).await), "not sent");
        let mut no_tls = server(|mut stream| {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        });
        no_tls.set_scheme("https").unwrap();
        assert_eq!(sorted(put(&no_tls, LONG, Body::Json(&words())).await), "not sent");
    }

    #[tokio::test]
    async fn a_line_that_breaks_in_the_middle_of_a_request_has_not_sent_it() {
        // Far more than the system's buffers take, and nobody reads on.
        let url = server(|mut stream| {
            hear(&mut stream, "\r\n\r\n");
        });
        let picture: Arc<[u8]> = vec![7; 64 << 20].into();
        assert_eq!(sorted(put(&url, LONG, Body::Bytes("image/jpeg", picture)).await), "not sent");
    }

    #[tokio::test]
    async fn a_line_that_breaks_after_the_last_byte_has_perhaps_sent_it() {
        let silent = server(|mut stream| {
            hear(&mut stream, "}");
        });
        assert_eq!(sorted(put(&silent, LONG, Body::Json(&words())).await), "lost");
        let half = server(|mut stream| {
            hear(&mut stream, "}");
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":");
        });
        assert_eq!(sorted(put(&half, LONG, Body::Json(&words())).await), "lost");
        let refusal = server(|mut stream| {
            hear(&mut stream, "}");
            let _ = stream.write_all(b"HTTP/1.1 422 No\r\ncontent-length: 100\r\n\r\n{\"error\":");
        });
        assert_eq!(sorted(put(&refusal, LONG, Body::Json(&words())).await), "answered 422");
    }

    #[tokio::test]
    async fn a_reply_that_never_comes_is_lost_when_its_time_is_over() {
        let (done, wait) = std::sync::mpsc::channel::<()>();
        let url = server(move |mut stream| {
            hear(&mut stream, "}");
            let _ = wait.recv();
        });
        let reply = put(&url, Duration::milliseconds(300), Body::Json(&words())).await;
        assert!(matches!(&reply, Err(NoReply::Lost(why)) if why == "no reply came in time"), "{reply:?}");
        drop(done);
    }

    #[tokio::test]
    async fn a_request_says_its_length_and_its_bytes_arrive_whole() {
        let (tell, told) = std::sync::mpsc::channel();
        let url = server(move |mut stream| {
            let head = hear(&mut stream, "\r\n\r\n");
            let mut body = vec![0; 100_000];
            stream.read_exact(&mut body).unwrap();
            tell.send((head, body)).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").unwrap();
        });
        let bytes: Vec<u8> = (0..100_000_u32).map(|at| u8::try_from(at % 251).unwrap()).collect();
        assert_eq!(sorted(put(&url, LONG, Body::Bytes("image/png", bytes.clone().into())).await), "answered 200");
        let (head, body) = told.recv().unwrap();
        assert!(head.contains("content-length: 100000\r\n") && head.contains("content-type: image/png\r\n"), "{head}");
        assert!(!head.contains("transfer-encoding"), "{head}");
        assert_eq!(body, bytes);
    }

    #[test]
    fn a_secret_is_struck_out_and_control_characters_do_not_reach_a_terminal() {
        let http = Http::new(&Url::parse("https://example.social").unwrap(), LONG).unwrap();
        http.hide(&SecretString::from("s3cret"));
        assert_eq!(http.say("\u{1b}[2Jthe token s3cret is bad\n"), "[2Jthe token ••• is bad");
        assert_eq!(http.say(&"x".repeat(5_000)).len(), LONGEST_WORDS);
    }
}
