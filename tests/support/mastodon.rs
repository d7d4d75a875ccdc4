//! A Mastodon server for tests: as strict as the real one, able to lie, with a clock that tests turn.
//!
//! It takes what `tests/data/mastodon.json` (a part of the server's published OpenAPI description) allows and nothing else, counts text as
//! Mastodon counts it, keeps idempotency keys for an hour of its own clock, and shows posts as Mastodon shows them. It runs on a thread of
//! its own, so that tests of whole commands can talk to it too.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test binary uses a part of it, and a test may fail anywhere")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use handbill::calendar::instant::{from_unix_seconds, later, rfc3339};
use handbill::calendar::{DateTime, Duration, Utc};
use serde_json::{Value as Json, json};
use tokio::sync::{Semaphore, oneshot};
use unicode_segmentation::UnicodeSegmentation;

/// The token of the one account.
pub const TOKEN: &str = "fake-mastodon-token-7Q2";

/// The account's id and name.
const ACCOUNT: (&str, &str) = ("109348270912", "stonebridge");

/// Which server is played.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plays {
    /// Keys are honoured for an hour; one that is being worked on is answered 503.
    Mastodon46,
    /// Keys are honoured once the first request has ended: two at once make two posts.
    Mastodon45,
    /// Keys are never read. GoToSocial: other ids, 5 000 code points, refusals of text are 400.
    IgnoresKeys,
    /// Keys are kept for six hours with the whole reply, errors too. Akkoma.
    ReplaysErrors,
}

/// What the next request to make a post meets.
#[derive(Clone)]
pub enum Lie {
    /// The post is taken, and the line cut before the reply.
    TakeAndCut,
    /// The post is taken, and answered so.
    TakeAndAnswer(u16, Json),
    /// Nothing is taken, and the line is cut.
    Cut,
    /// Nothing is taken, and answered so.
    Answer(u16, Json),
    /// It waits until the gate is opened, then goes on as it would have.
    Hold(Gate),
    /// The post is taken, and its picture left out without a word.
    DropPicture,
}

/// Where a request can be held.
#[derive(Clone)]
pub struct Gate {
    arrived: Arc<Semaphore>,
    open: Arc<Semaphore>,
}

impl Gate {
    /// A closed one.
    pub fn closed() -> Self {
        Gate { arrived: Arc::new(Semaphore::new(0)), open: Arc::new(Semaphore::new(0)) }
    }

    /// Waits until a request stands at it.
    pub async fn somebody_waits(&self) {
        self.arrived.acquire().await.unwrap().forget();
    }

    /// Lets one request go on.
    pub fn open(&self) {
        self.open.add_permits(1);
    }

    async fn pass(&self) {
        self.arrived.add_permits(1);
        self.open.acquire().await.unwrap().forget();
    }
}

/// A post on the server.
#[derive(Clone, Debug)]
pub struct Status {
    pub id: String,
    pub text: String,
    pub at: DateTime<Utc>,
    pub language: Option<String>,
    pub visibility: String,
    pub media: Vec<Media>,
    pub edited: bool,
}

/// A picture on the server.
#[derive(Clone, Debug)]
pub struct Media {
    pub id: String,
    pub kind: String,
    pub bytes: usize,
    pub description: Option<String>,
    pub at: DateTime<Utc>,
    attached: bool,
    not_ready_for: u32,
}

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub what: String,
    pub key: Option<String>,
    pub agent: String,
    pub body: Json,
}

struct Inside {
    clock: DateTime<Utc>,
    plays: Plays,
    token: String,
    statuses: Vec<Status>,
    media: BTreeMap<String, Media>,
    keys: BTreeMap<String, (DateTime<Utc>, u16, Json)>,
    in_work: BTreeSet<String>,
    lies: VecDeque<Lie>,
    limited_until: Option<DateTime<Utc>>,
    pictures_take: u32,
    has_source: bool,
    sequence: u64,
    asked: Vec<Asked>,
}

type Shared = Arc<Mutex<Inside>>;

/// The server. It ends when it is dropped.
pub struct FakeMastodon {
    inside: Shared,
    /// `http://127.0.0.1:PORT`
    pub address: String,
    _stop: oneshot::Sender<()>,
}

impl FakeMastodon {
    /// Starts one on a free port of loopback; its clock stands at 2026-12-01 14:30 UTC.
    pub fn start(plays: Plays) -> Self {
        let inside = Arc::new(Mutex::new(Inside {
            clock: from_unix_seconds(1_796_135_400).unwrap(),
            plays,
            token: TOKEN.to_owned(),
            statuses: Vec::new(),
            media: BTreeMap::new(),
            keys: BTreeMap::new(),
            in_work: BTreeSet::new(),
            lies: VecDeque::new(),
            limited_until: None,
            pictures_take: 0,
            has_source: true,
            sequence: 0,
            asked: Vec::new(),
        }));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let app = routes(inside.clone());
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                tokio::select! {
                    _ = async { axum::serve(listener, app).await } => {}
                    _ = stopped => {}
                }
            });
        });
        FakeMastodon { inside, address, _stop: stop }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    /// The posts, oldest first.
    pub fn wall(&self) -> Vec<Status> {
        self.inside().statuses.clone()
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.inside().asked.clone()
    }

    /// The server's clock.
    pub fn clock(&self) -> DateTime<Utc> {
        self.inside().clock
    }

    /// Sets the server's clock.
    pub fn set_clock(&self, clock: DateTime<Utc>) {
        self.inside().clock = clock;
    }

    /// Turns the server's clock on.
    pub fn wait(&self, length: Duration) {
        let mut inside = self.inside();
        inside.clock = later(inside.clock, length);
    }

    /// What the next request to make a post meets; several wait their turn.
    pub fn next(&self, lie: Lie) {
        self.inside().lies.push_back(lie);
    }

    /// Refuses everything until then, as Mastodon does.
    pub fn limit_until(&self, until: DateTime<Utc>) {
        self.inside().limited_until = Some(until);
    }

    /// The token is revoked.
    pub fn revoke(&self) {
        "revoked".clone_into(&mut self.inside().token);
    }

    /// From now on a picture is ready after it was asked for so many times.
    pub fn pictures_take(&self, questions: u32) {
        self.inside().pictures_take = questions;
    }

    /// Throws away what is attached to nothing.
    pub fn vacuum(&self) {
        self.inside().media.retain(|_, media| media.attached);
    }

    /// Forgets every idempotency key.
    pub fn forget_keys(&self) {
        self.inside().keys.clear();
    }

    /// Plays a server without `/source`.
    pub fn without_source(&self) {
        self.inside().has_source = false;
    }

    /// Somebody edits, or posts by hand: the words of a post become these.
    pub fn edit(&self, id: &str, text: &str) {
        let mut inside = self.inside();
        let status = inside.statuses.iter_mut().find(|status| status.id == id).unwrap();
        (status.text, status.edited) = (text.to_owned(), true);
    }

    /// Somebody posts by hand.
    pub fn post_by_hand(&self, text: &str) -> String {
        self.inside().take(text, None, "public", Vec::new())
    }
}

impl Inside {
    fn id(&mut self) -> String {
        self.sequence += 1;
        let milliseconds = u64::try_from(self.clock.timestamp_millis()).unwrap();
        match self.plays {
            Plays::Mastodon46 | Plays::Mastodon45 => (milliseconds << 16 | self.sequence).to_string(),
            Plays::IgnoresKeys => format!("01K{milliseconds:012X}{:011X}", self.sequence),
            Plays::ReplaysErrors => format!("A{milliseconds:012x}{:06x}", self.sequence),
        }
    }

    fn take(&mut self, text: &str, language: Option<&str>, visibility: &str, media: Vec<Media>) -> String {
        let id = self.id();
        for one in &media {
            self.media.get_mut(&one.id).unwrap().attached = true;
        }
        let (at, language) = (self.clock, language.map(str::to_owned));
        let status =
            Status { id: id.clone(), text: text.trim().to_owned(), at, language, visibility: visibility.to_owned(), media, edited: false };
        self.statuses.push(status);
        id
    }

    fn keys_last(&self) -> Duration {
        if self.plays == Plays::ReplaysErrors { Duration::hours(6) } else { Duration::hours(1) }
    }
}

fn routes(inside: Shared) -> Router {
    Router::new()
        .route("/api/v1/accounts/verify_credentials", get(verify))
        .route("/api/v2/instance", get(instance))
        .route("/api/v1/instance", get(instance))
        .route("/api/v2/media", post(upload))
        .route("/api/v1/media/{id}", get(media))
        .route("/api/v1/statuses", post(create))
        .route("/api/v1/statuses/{id}", get(status))
        .route("/api/v1/statuses/{id}/source", get(source))
        .route("/api/v1/accounts/{id}/statuses", get(statuses))
        .fallback(|| async { error(404, "Record not found") })
        .layer(from_fn_with_state(inside.clone(), at_the_door))
        .layer(DefaultBodyLimit::max(20 << 20))
        .with_state(inside)
}

fn error(status: u16, words: &str) -> Response {
    answer(status, &json!({ "error": words }))
}

fn answer(status: u16, body: &Json) -> Response {
    let kind = [("content-type", "application/json; charset=utf-8")];
    (StatusCode::from_u16(status).unwrap(), kind, body.to_string()).into_response()
}

/// The token, the limit, the clock in every reply.
async fn at_the_door(State(inside): State<Shared>, request: Request, next: Next) -> Response {
    let (refused, clock) = {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let mut inside = inside.lock().unwrap();
        let what = format!("{} {}", request.method(), request.uri());
        let (key, agent) = (header("idempotency-key"), header("user-agent").unwrap_or_default());
        inside.asked.push(Asked { what, key, agent, body: Json::Null });
        let public = request.uri().path().ends_with("/instance");
        let allowed = header("authorization") == Some(format!("Bearer {}", inside.token));
        let limited = inside.limited_until.filter(|until| inside.clock < *until);
        let refused = match (allowed || public, limited) {
            (false, _) if inside.token == "revoked" => Some(error(401, "The access token was revoked")),
            (false, _) => Some(error(401, "The access token is invalid")),
            (_, Some(until)) => {
                let mut refused = error(429, "Too many requests");
                let reset = rfc3339(until).replace('Z', "789Z");
                refused.headers_mut().insert("x-ratelimit-limit", HeaderValue::from_static("300"));
                refused.headers_mut().insert("x-ratelimit-remaining", HeaderValue::from_static("0"));
                refused.headers_mut().insert("x-ratelimit-reset", HeaderValue::from_str(&reset).unwrap());
                Some(refused)
            }
            _ => None,
        };
        (refused, inside.clock)
    };
    let mut response = match refused {
        Some(refused) => refused,
        None => next.run(request).await,
    };
    let date = clock.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    response.headers_mut().insert("date", HeaderValue::from_str(&date).unwrap());
    response
}

async fn verify() -> Response {
    let (id, acct) = ACCOUNT;
    answer(
        200,
        &json!({ "id": id, "acct": acct, "username": acct, "display_name": "Stonebridge Public Library", "source": { "language": "en" } }),
    )
}

async fn instance(State(inside): State<Shared>, request: Request) -> Response {
    let version = match inside.lock().unwrap().plays {
        Plays::Mastodon46 => "4.6.1",
        Plays::Mastodon45 => "4.5.3",
        Plays::IgnoresKeys => "0.20.0+git-5a1e2f0",
        Plays::ReplaysErrors if request.uri().path().contains("/v2/") => return error(404, "Not implemented"),
        Plays::ReplaysErrors => "2.7.2 (compatible; Akkoma 3.10.4)",
    };
    answer(200, &json!({ "version": version, "configuration": { "statuses": { "max_characters": 500 } } }))
}

async fn upload(State(inside): State<Shared>, headers: HeaderMap, request: Request) -> Response {
    if !headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data")) {
        return error(422, "Validation failed: File can't be blank");
    }
    let mut form = Multipart::from_request(request, &()).await.unwrap();
    let (mut file, mut description) = (None, None);
    while let Some(field) = form.next_field().await.unwrap() {
        let (name, kind) = (field.name().unwrap_or_default().to_owned(), field.content_type().map(str::to_owned));
        let named = field.file_name().is_some();
        let bytes = field.bytes().await.unwrap();
        match name.as_str() {
            "file" if named => file = kind.map(|kind| (kind, bytes)),
            "description" => description = Some(String::from_utf8(bytes.to_vec()).unwrap()),
            other => return error(422, &format!("unknown field {other}")),
        }
    }
    let Some((kind, bytes)) = file else { return error(422, "Validation failed: File can't be blank") };
    let is_picture = match kind.as_str() {
        "image/jpeg" => bytes.starts_with(&[0xff, 0xd8]),
        "image/png" => bytes.starts_with(b"\x89PNG"),
        _ => false,
    };
    if !is_picture || bytes.len() > 16 << 20 {
        return error(422, "Validation failed: File content type is invalid");
    }
    if description.as_ref().is_some_and(|text| text.graphemes(true).count() > 1_500) {
        return error(422, "Validation failed: Description character limit of 1500 exceeded");
    }
    let mut inside = inside.lock().unwrap();
    let (id, at, not_ready_for) = (inside.id(), inside.clock, inside.pictures_take);
    let media = Media { id: id.clone(), kind, bytes: bytes.len(), description, at, attached: false, not_ready_for };
    let reply = answer(if not_ready_for == 0 { 200 } else { 202 }, &media_json(&media));
    inside.media.insert(id, media);
    reply
}

fn media_json(media: &Media) -> Json {
    let url = (media.not_ready_for == 0).then(|| format!("https://files.example/{}", media.id));
    json!({ "id": media.id, "type": "image", "url": url, "preview_url": url, "description": media.description, "meta": {} })
}

async fn media(State(inside): State<Shared>, Path(id): Path<String>) -> Response {
    let mut inside = inside.lock().unwrap();
    match inside.media.get_mut(&id).filter(|media| !media.attached) {
        None => error(404, "Record not found"),
        Some(media) if media.not_ready_for > 0 => {
            media.not_ready_for -= 1;
            answer(206, &media_json(media))
        }
        Some(media) => answer(200, &media_json(media)),
    }
}

async fn create(State(inside): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    if headers.get("content-type").and_then(|kind| kind.to_str().ok()) != Some("application/json") {
        return error(400, "this server wants JSON");
    }
    let Ok(body) = serde_json::from_slice::<Json>(&body) else { return error(400, "There was a problem parsing the JSON") };
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let lie = {
        let mut inside = inside.lock().unwrap();
        if let Some(asked) = inside.asked.last_mut() {
            asked.body = body.clone();
        }
        inside.lies.pop_front()
    };
    if let Some(early) = replay(&inside, key.as_deref()) {
        return early;
    }
    match lie {
        Some(Lie::Cut) => {
            inside.lock().unwrap().in_work.remove(key.as_deref().unwrap_or_default());
            cut_the_line()
        }
        Some(Lie::Answer(status, words)) => {
            remember_error(&inside, key.as_deref(), status, &words);
            return answer(status, &words);
        }
        Some(Lie::Hold(gate)) => gate.pass().await,
        Some(Lie::TakeAndCut) => {
            let _ = take(&inside, key.as_deref(), &body, Pictures::Keep);
            cut_the_line()
        }
        Some(Lie::TakeAndAnswer(status, words)) => {
            let _ = take(&inside, key.as_deref(), &body, Pictures::Keep);
            return answer(status, &words);
        }
        Some(Lie::DropPicture) => return take(&inside, key.as_deref(), &body, Pictures::Drop),
        None => {}
    }
    take(&inside, key.as_deref(), &body, Pictures::Keep)
}

/// Ends the connection where it stands. The panic ends only its task, and says nothing.
fn cut_the_line() -> ! {
    std::panic::resume_unwind(Box::new("the line is cut"))
}

/// What stands under the key, or that it is being worked on; else notes that it is.
fn replay(inside: &Shared, key: Option<&str>) -> Option<Response> {
    let mut inside = inside.lock().unwrap();
    let key = key.filter(|_| inside.plays != Plays::IgnoresKeys)?;
    let (clock, last) = (inside.clock, inside.keys_last());
    inside.keys.retain(|_, (at, ..)| clock < later(*at, last));
    if let Some((_, status, body)) = inside.keys.get(key) {
        let gone = body.get("id").and_then(Json::as_str).is_some_and(|id| !inside.statuses.iter().any(|status| status.id == id));
        return Some(if gone { error(404, "Record not found") } else { answer(*status, body) });
    }
    if inside.plays == Plays::Mastodon46 && !inside.in_work.insert(key.to_owned()) {
        return Some(error(503, "There was a temporary problem serving your request, please try again"));
    }
    None
}

fn remember_error(inside: &Shared, key: Option<&str>, status: u16, body: &Json) {
    let mut inside = inside.lock().unwrap();
    if let Some(key) = key {
        inside.in_work.remove(key);
        if inside.plays == Plays::ReplaysErrors {
            let clock = inside.clock;
            inside.keys.insert(key.to_owned(), (clock, status, body.clone()));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pictures {
    Keep,
    Drop,
}

fn take(inside: &Shared, key: Option<&str>, body: &Json, pictures: Pictures) -> Response {
    let mut inside = inside.lock().unwrap();
    if let Some(key) = key {
        inside.in_work.remove(key);
    }
    let refused = if inside.plays == Plays::IgnoresKeys { 400 } else { 422 };
    let misfits = schema::misfits("createStatus", body);
    if !misfits.is_empty() {
        return error(refused, &format!("Validation failed: {}", misfits.join(", ")));
    }
    let text = body.get("status").and_then(Json::as_str).unwrap_or_default();
    let wanted: Vec<&str> = body.get("media_ids").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
    let (length, most) = match inside.plays {
        Plays::IgnoresKeys => (text.chars().count(), 5_000),
        Plays::ReplaysErrors => (text.graphemes(true).count(), 5_000),
        Plays::Mastodon45 | Plays::Mastodon46 => (length(text), 500),
    };
    if text.trim().is_empty() && wanted.is_empty() {
        return error(refused, "Validation failed: Text can't be blank");
    }
    if length > most {
        return error(refused, &format!("Validation failed: Text character limit of {most} exceeded"));
    }
    let mut attached = Vec::new();
    for id in &wanted {
        match inside.media.get(*id) {
            Some(media) if media.not_ready_for > 0 => {
                return error(422, "Cannot attach files that have not finished processing. Try again in a moment!");
            }
            Some(media) if !media.attached => attached.push(media.clone()),
            _ => return error(422, &format!("Media {id} not found or already attached to another post")),
        }
    }
    if pictures == Pictures::Drop {
        attached.clear();
    }
    let visibility = body.get("visibility").and_then(Json::as_str).unwrap_or("public").to_owned();
    let id = inside.take(text, body.get("language").and_then(Json::as_str), &visibility, attached);
    let reply = inside.statuses.iter().find(|status| status.id == id).map(status_json).unwrap();
    if let Some(key) = key {
        let clock = inside.clock;
        inside.keys.insert(key.to_owned(), (clock, 200, reply.clone()));
    }
    answer(200, &reply)
}

async fn status(State(inside): State<Shared>, Path(id): Path<String>) -> Response {
    let inside = inside.lock().unwrap();
    inside
        .statuses
        .iter()
        .find(|status| status.id == id)
        .map_or_else(|| error(404, "Record not found"), |found| answer(200, &status_json(found)))
}

async fn source(State(inside): State<Shared>, Path(id): Path<String>) -> Response {
    let inside = inside.lock().unwrap();
    let found = inside.statuses.iter().find(|status| status.id == id).filter(|_| inside.has_source);
    let source = |status: &Status| answer(200, &json!({ "id": status.id, "text": status.text, "spoiler_text": "" }));
    found.map_or_else(|| error(404, "Record not found"), source)
}

async fn statuses(State(inside): State<Shared>, Path(account): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let inside = inside.lock().unwrap();
    if account != ACCOUNT.0 {
        return error(404, "Record not found");
    }
    if let Some(unknown) = query.keys().find(|name| !schema::query().contains(name)) {
        return error(400, &format!("unknown parameter {unknown}"));
    }
    let limit = query.get("limit").map_or(20, |limit| limit.parse::<usize>().unwrap()).min(40);
    // Ids of one server have one length and sort as texts.
    let between = |status: &&Status| {
        let id = &status.id;
        query.get("max_id").is_none_or(|most| id < most)
            && query.get("min_id").is_none_or(|least| id > least)
            && query.get("since_id").is_none_or(|least| id > least)
    };
    let mut found: Vec<&Status> = inside.statuses.iter().filter(between).collect();
    if query.contains_key("min_id") {
        found.truncate(limit);
    }
    let page: Vec<Json> = found.into_iter().rev().take(limit).map(status_json).collect();
    answer(200, &Json::Array(page))
}

fn status_json(status: &Status) -> Json {
    let (account, acct) = ACCOUNT;
    let page = format!("https://mastodon.example/@{acct}/{}", status.id);
    json!({
        "id": status.id,
        "uri": format!("https://mastodon.example/users/{acct}/statuses/{}", status.id),
        "url": page,
        "created_at": rfc3339(status.at),
        "edited_at": status.edited.then(|| rfc3339(status.at)),
        "content": content(&status.text),
        "visibility": status.visibility,
        "language": status.language,
        "media_attachments": status.media.iter().map(media_json).collect::<Vec<_>>(),
        "account": { "id": account, "acct": acct },
        "sensitive": false, "spoiler_text": "", "emojis": [], "mentions": [], "tags": [],
        "favourites_count": 0, "reblogs_count": 0, "replies_count": 0,
    })
}

fn links(text: &str) -> Vec<(usize, usize)> {
    let mut finder = linkify::LinkFinder::new();
    finder.kinds(&[linkify::LinkKind::Url]);
    finder.links(text).filter(|link| link.as_str().starts_with("http")).map(|link| (link.start(), link.end())).collect()
}

/// As Mastodon counts: grapheme clusters, every link 23.
fn length(text: &str) -> usize {
    let links = links(text);
    let in_links: usize = links.iter().map(|(start, end)| text[*start..*end].graphemes(true).count()).sum();
    text.graphemes(true).count() - in_links + 23 * links.len()
}

/// As Mastodon shows it: paragraphs, line breaks, links in three pieces.
fn content(text: &str) -> String {
    let escape =
        |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;");
    let (mut html, mut from) = (String::new(), 0);
    for (start, end) in links(text) {
        html.push_str(&escape(&text[from..start]));
        let url = &text[start..end];
        let (scheme, rest) = url.split_at(url.find("://").unwrap() + 3);
        let (shown, hidden) = rest.split_at(rest.char_indices().nth(30).map_or(rest.len(), |(at, _)| at));
        let piece = |class: &str, words: &str| format!("<span class=\"{class}\">{}</span>", escape(words));
        let pieces = [piece("invisible", scheme), piece("ellipsis", shown), piece("invisible", hidden)].concat();
        let open = format!("<a href=\"{}\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">", escape(url));
        html.extend([open.as_str(), &pieces, "</a>"]);
        from = end;
    }
    html.push_str(&escape(&text[from..]));
    format!("<p>{}</p>", html.replace("\n\n", "</p><p>").replace('\n', "<br />"))
}

/// The little of JSON Schema that the published description uses.
pub mod schema {
    use serde_json::Value as Json;

    fn document() -> Json {
        serde_json::from_str(include_str!("../data/mastodon.json")).unwrap()
    }

    /// The names that the list of an account's posts can be asked with.
    pub fn query() -> Vec<String> {
        let document = document();
        document["accountStatusesQuery"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    }

    /// What is wrong with a value, by a schema of the document; nothing when it fits one of its forms.
    pub fn misfits(name: &str, value: &Json) -> Vec<String> {
        let document = document();
        let forms = document[name]["oneOf"].as_array().unwrap();
        let all: Vec<Vec<String>> = forms.iter().map(|form| against(&document, form, value)).collect();
        all.into_iter().min_by_key(Vec::len).unwrap_or_default()
    }

    fn against(document: &Json, schema: &Json, value: &Json) -> Vec<String> {
        let (mut known, mut required) = (Vec::new(), Vec::new());
        gather(document, schema, &mut known, &mut required);
        let Some(object) = value.as_object() else { return vec!["no object".to_owned()] };
        let mut wrong: Vec<String> =
            required.iter().filter(|name| !object.contains_key(*name)).map(|name| format!("{name} is missing")).collect();
        for (name, value) in object {
            match known.iter().find(|(known, _)| known == name) {
                None => wrong.push(format!("{name} is unknown")),
                Some((_, property)) if !fits(document, property, value) => wrong.push(format!("{name} is of the wrong type")),
                Some(_) => {}
            }
        }
        wrong
    }

    fn resolve<'a>(document: &'a Json, schema: &'a Json) -> &'a Json {
        match schema.get("$ref").and_then(Json::as_str) {
            Some(reference) => &document["schemas"][reference.rsplit('/').next().unwrap()],
            None => schema,
        }
    }

    fn gather(document: &Json, schema: &Json, known: &mut Vec<(String, Json)>, required: &mut Vec<String>) {
        let schema = resolve(document, schema);
        for part in schema["allOf"].as_array().into_iter().flatten() {
            gather(document, part, known, required);
        }
        required.extend(schema["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap().to_owned()));
        known.extend(schema["properties"].as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())));
    }

    fn fits(document: &Json, schema: &Json, value: &Json) -> bool {
        let schema = resolve(document, schema);
        let kind = match schema["type"].as_str() {
            Some("string") | None => value.is_string(),
            Some("boolean") => value.is_boolean(),
            Some("array") => value.as_array().is_some_and(|all| all.iter().all(|one| fits(document, &schema["items"], one))),
            Some(other) => panic!("the schema has a type {other} that this does not know"),
        };
        kind && schema["enum"].as_array().is_none_or(|allowed| allowed.contains(value))
    }
}
