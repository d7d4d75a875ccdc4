//! A small server that answers as a test says.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test binary uses a part of it, and a test may fail anywhere")]

use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::Value as Json;
use tokio::sync::oneshot;

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `POST /xrpc/com.atproto.repo.putRecord`
    pub what: String,
    /// What stands behind the question mark.
    pub query: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// The reply.
#[derive(Clone, Debug)]
pub enum Answer {
    Says(u16, Vec<(&'static str, String)>, String),
    CutsTheLine,
}

impl Answer {
    pub fn json(status: u16, body: &Json) -> Self {
        Answer::Says(status, vec![("content-type", "application/json".to_owned())], body.to_string())
    }
}

struct Inside {
    answer: Box<dyn Fn(&Asked) -> Answer + Send + Sync>,
    asked: Mutex<Vec<Asked>>,
}

/// The server. It ends when it is dropped.
pub struct Server {
    /// `http://127.0.0.1:PORT`
    pub address: String,
    inside: Arc<Inside>,
    _stop: oneshot::Sender<()>,
}

impl Server {
    pub fn start(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let inside = Arc::new(Inside { answer: Box::new(answer), asked: Mutex::default() });
        let app = Router::new().fallback(reply).layer(DefaultBodyLimit::max(20 << 20)).with_state(inside.clone());
        let (stop, stopped) = oneshot::channel();
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
        Server { address, inside, _stop: stop }
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.inside.asked.lock().unwrap().clone()
    }
}

async fn reply(State(inside): State<Arc<Inside>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let query = uri.query().unwrap_or_default().to_owned();
    let asked = Asked { what: format!("{method} {}", uri.path()), query, headers, body };
    inside.asked.lock().unwrap().push(asked.clone());
    match (inside.answer)(&asked) {
        Answer::CutsTheLine => std::panic::resume_unwind(Box::new("the line is cut")),
        Answer::Says(status, headers, body) => {
            let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
    }
}
