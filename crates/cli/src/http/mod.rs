//! Owns serving the pages and the API on this machine: the listening socket, the routes, the end. What may be asked by
//! whom is [`guard`]'s, what is answered [`api`]'s, [`stream`]'s and [`pages`]' work. Takes no protocol decision.

mod address;
mod api;
mod guard;
mod pages;
mod stream;

pub(crate) use address::loopback;

use axum::Router;
use axum::serve::ListenerExt;
use fingerpost_engine::Engine;
use guard::{Guard, Token};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// How long the end waits for answers that are on their way.
const PATIENCE: Duration = Duration::from_secs(1);

/// The pages cannot be served. Nothing is left open.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    /// Somebody else listens there.
    #[error("{0} is in use by another program: end that one, or give --http another port")]
    InUse(SocketAddr),
    /// The system does not let us listen there.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// A token that can be guessed would be worse than no page.
    #[error("the system gives no random numbers for the token: {0}")]
    Token(getrandom::Error),
}

/// An open door that nobody stands behind yet.
pub(crate) struct Door {
    listener: TcpListener,
    address: SocketAddr,
    token: Token,
}

impl Door {
    pub(crate) async fn open(wanted: SocketAddr) -> Result<Self, OpenError> {
        let token = Token::random().map_err(OpenError::Token)?;
        let cannot = |error: io::Error| match error.kind() {
            io::ErrorKind::AddrInUse => OpenError::InUse(wanted),
            _ => OpenError::Listen(wanted, error),
        };
        let listener = TcpListener::bind(wanted).await.map_err(cannot)?;
        let address = listener.local_addr().map_err(cannot)?;
        Ok(Self { listener, address, token })
    }

    /// What to open in a browser. The fragment stays there: it is in no request, no referrer and no log.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/#token={}", self.address, self.token)
    }

    /// Answers requests with what `engine` says, until told to end.
    pub(crate) fn serve(self, engine: Arc<Engine>) -> Serving {
        let (end, ended) = oneshot::channel::<()>();
        // An event leaves when it is written, not when a packet is full.
        let listener = self.listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        let router = router(engine, Guard::new(self.address, self.token));
        let serving = axum::serve(listener, router).with_graceful_shutdown(async {
            // A sender that is gone ends it too.
            let _ = ended.await;
        });
        let task = tokio::spawn(async move {
            // It never fails: what goes wrong with one connection ends that one only.
            let _ = serving.await;
        });
        Serving { end, task }
    }
}

/// The routes: `/api` for those who hold the token, the pages for everybody on this machine.
fn router(engine: Arc<Engine>, guard: Guard) -> Router {
    let guard = Arc::new(guard);
    let api = guard::with_token(api::router(engine), Arc::clone(&guard));
    guard::with_origin(pages::router().nest("/api", api), guard)
}

/// A server at work.
pub(crate) struct Serving {
    end: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Serving {
    /// Takes no more requests and lets the running ones end: the streams have ended with the engine. Whoever does not
    /// read his answer is not waited for.
    pub(crate) async fn end(mut self) {
        // A server that has ended already is what is wanted.
        let _ = self.end.send(());
        if tokio::time::timeout(PATIENCE, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}
