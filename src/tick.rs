//! One pass over what is due, room by room (D12): what must happen above a change is found here by the room above it. A
//! commit wakes the pass; so does the clock. A room that fails is logged and the others go on.

use std::time::Duration;

use tokio::sync::watch;

use crate::ground::Ground;
use crate::{desk, hands, privacy, requests, safety, sponsorships, store};

/// Nothing is due to the second; a pass at this distance keeps every timer when nothing else wakes it.
const AT_LATEST: Duration = Duration::from_secs(30);
/// One press makes several commits; one pass answers them.
const SETTLES_IN: Duration = Duration::from_millis(20);

/// What is due now. Blocks on the store: off the async threads.
pub fn pass(ground: &Ground) {
    report("hands", hands::tick(ground));
    report("requests", requests::tick(ground));
    report("sponsorships", sponsorships::tick(ground));
    report("safety", safety::tick(ground));
    report("desk", desk::tick(ground));
    report("privacy", privacy::tick(ground));
}

/// What has had its time; once an hour, since a draft is kept for 24 of them.
pub fn clear_away(ground: &Ground) {
    report("privacy", privacy::retention(ground));
}

fn report<E: store::Cause>(room: &'static str, done: Result<(), E>) {
    if let Err(error) = done {
        let is_store = error.store_error().is_some();
        tracing::error!(room, is_store, "a tick failed");
    }
}

/// Passes until told to stop.
pub async fn run(ground: Ground, mut stop: watch::Receiver<bool>) {
    let mut commits = ground.store.commits();
    let mut cleared_in = None;
    while !*stop.borrow() {
        let hour = ground.now().0.div_euclid(3600);
        let clears = cleared_in != Some(hour);
        let inside = ground.clone();
        // A panic in a pass is in the log by its hook; the next pass tries again.
        let _ = tokio::task::spawn_blocking(move || {
            pass(&inside);
            if clears {
                clear_away(&inside);
            }
        })
        .await;
        cleared_in = Some(hour);
        tokio::select! {
            _ = commits.changed() => tokio::time::sleep(SETTLES_IN).await,
            () = tokio::time::sleep(AT_LATEST) => {}
            _ = stop.changed() => {}
        }
    }
}
