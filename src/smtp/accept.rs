//! Taking connections, for the listener and the policy service: a bound on how many, and a stop that lets the work under way
//! come to its end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// How long a stop waits for letters that are under way.
const GRACE: Duration = Duration::from_secs(30);
/// After an accept that failed (no file handles left): trying again at once would only spin.
const PAUSE: Duration = Duration::from_millis(200);
/// A peer that is turned away gets this long to hear it.
const TURN_AWAY: Duration = Duration::from_millis(100);

pub(super) struct Door {
    /// For the log.
    pub(super) name: &'static str,
    pub(super) connections: usize,
    /// To a peer for whom there is no place.
    pub(super) busy: &'static str,
}

/// Until `shutdown` turns true or its sender is gone; sessions under way are finished first, `GRACE` at most.
pub(super) async fn accept_all<F: Future<Output = ()> + Send + 'static>(
    listener: TcpListener,
    door: Door,
    mut shutdown: watch::Receiver<bool>,
    session: impl Fn(TcpStream, SocketAddr) -> F,
) {
    let room = Arc::new(Semaphore::new(door.connections));
    let mut sessions = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = shutdown.wait_for(|stop| *stop) => break,
            Some(_) = sessions.join_next() => continue,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Ok(place) = Arc::clone(&room).try_acquire_owned() else {
                    sessions.spawn(turn_away(stream, door.busy));
                    continue;
                };
                let session = session(stream, peer);
                sessions.spawn(async move {
                    session.await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(door = door.name, kind = ?error.kind(), "cannot accept");
                sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    let all_done = async { while sessions.join_next().await.is_some() {} };
    if timeout(GRACE, all_done).await.is_err() {
        tracing::warn!(door = door.name, "stopped with sessions open");
    }
}

async fn turn_away(mut stream: TcpStream, busy: &str) {
    let _ = timeout(TURN_AWAY, stream.write_all(busy.as_bytes())).await;
}
