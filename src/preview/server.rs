//! The server: HTTP on this machine only.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::net::TcpListener;

use crate::folder::{self, Watcher};
use crate::preview::answer::{Answer, answer};
use crate::preview::guard::{Asked, refusal};
use crate::preview::state::State;
use crate::preview::{PreviewError, PreviewOptions, Tell, Told};

/// Shows the site at `http://localhost:<port>/` until the program is interrupted (Ctrl-C).
pub fn serve(options: PreviewOptions, tell: Tell) -> Result<(), PreviewError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(PreviewError::Server)?;
    let done = runtime.block_on(async {
        let listening = Arc::clone(&tell);
        let preview = Preview::open(options, tell).await?;
        listening(Told::Listening(preview.listener.local_addr().map_err(PreviewError::Server)?));
        tokio::select! {
            served = preview.answer_all() => served,
            interrupted = tokio::signal::ctrl_c() => interrupted.map_err(PreviewError::Server),
        }
    });
    // Readings of the folder that are under way need not be waited for.
    runtime.shutdown_background();
    done
}

/// A preview that listens already.
pub(super) struct Preview {
    pub(super) listener: TcpListener,
    state: Arc<State>,
    port: u16,
}

impl Preview {
    /// Reads the site, begins to watch its folder, and takes the port.
    pub(super) async fn open(options: PreviewOptions, tell: Tell) -> Result<Preview, PreviewError> {
        let port = options.port;
        let taken = move |source| PreviewError::Port { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(taken)?;
        let port = listener.local_addr().map_err(taken)?.port();
        // Watching comes first: what changes while the folder is read is read again.
        let watcher = folder::watch(&options.root)?;
        let state = Arc::new(State::begin(options, tell)?);
        follow(watcher, Arc::downgrade(&state));
        Ok(Preview { listener, state, port })
    }

    /// Answers until it is dropped.
    pub(super) async fn answer_all(self) -> Result<(), PreviewError> {
        let Preview { listener, state, port } = self;
        let router = Router::new().fallback(respond).with_state(Desk { state, port });
        axum::serve(listener, router).await.map_err(PreviewError::Server)
    }
}

/// Reads again what changes, on a thread of its own, until the preview is gone.
fn follow(mut watcher: Watcher, state: std::sync::Weak<State>) {
    std::thread::spawn(move || {
        while let Some(changed) = watcher.changes() {
            let Some(state) = state.upgrade() else { break };
            state.read_again(&changed);
        }
    });
}

/// What every answer needs.
#[derive(Clone)]
struct Desk {
    state: Arc<State>,
    port: u16,
}

async fn respond(Shared(desk): Shared<Desk>, request: Request) -> Response {
    let text = |headers: &HeaderMap, name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(str::to_owned);
    // A request may name its host in its first line instead (RFC 9112 §3.2.2), which then counts.
    let host = request.uri().authority().map(ToString::to_string).or_else(|| text(request.headers(), header::HOST));
    let origin = text(request.headers(), header::ORIGIN);
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if let Some((status, words)) = refusal(Asked { reads, host: host.as_deref(), origin: origin.as_deref() }, desk.port) {
        return http(Answer::words(status, words));
    }
    let path = request.uri().path().to_owned();
    if path == "/_handbill/reload" {
        let since = request.uri().query().and_then(|query| query.strip_prefix("since=")?.parse().ok());
        return word_of_versions(&desk.state, since.unwrap_or(0));
    }
    let work = tokio::task::spawn_blocking(move || {
        desk.state.keep_to_the_day();
        answer(&desk.state, &path)
    });
    http(work.await.unwrap_or_else(|_| Answer::words(500, "The preview itself failed; please report it.")))
}

/// Server-sent events (html.spec.whatwg.org, 9.2): one `reload` when the version is another than `since`.
fn word_of_versions(state: &State, since: u64) -> Response {
    let words = stream::unfold((state.versions(), since), |(mut versions, since)| async move {
        let current = *versions.wait_for(|version| *version != since).await.ok()?;
        let event = Event::default().event("reload").data(current.to_string());
        Some((Ok::<_, Infallible>(event), (versions, current)))
    });
    let mut response = Sse::new(words).keep_alive(KeepAlive::default()).into_response();
    private(response.headers_mut());
    response
}

fn http(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    if let Some(location) = answer.location.and_then(|location| HeaderValue::from_str(&location).ok()) {
        headers.insert(header::LOCATION, location);
    }
    private(headers);
    response
}

/// Drafts are in it: nothing is kept, and no other site may take it in.
fn private(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
}
