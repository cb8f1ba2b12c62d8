//! What the service says about itself: log lines of numbers, kinds and route patterns. Never an address, a name, a
//! network address, a browser's name, a path parameter or a text; other crates may speak from warnings up only, since
//! their finer lines carry what people sent. Durations are measured here and nowhere else. `app.rs` and `cli/` start it.

use std::io;
use std::panic;
use std::time::{Duration, Instant};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{Layer, fmt};

const OUR_CRATE: &str = "show_of_hands";

/// How a log line is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    Text,
    Json,
}

/// Starts the log on standard error and installs the panic hook. `level` is for our own lines.
pub fn start(format: LogFormat, level: LevelFilter) -> Result<(), TryInitError> {
    let speaking = filter(level);
    let lines = match format {
        LogFormat::Text => fmt::layer().with_writer(io::stderr).with_ansi(false).boxed(),
        LogFormat::Json => fmt::layer().json().with_writer(io::stderr).boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(speaking)).try_init()?;
    panic::set_hook(Box::new(|info| {
        // The payload may quote what a person typed; the place is enough to find the fault.
        let place = info.location().map_or((String::new(), 0), |place| (place.file().to_owned(), place.line()));
        tracing::error!(file = place.0, line = place.1, "bug: a panic");
    }));
    Ok(())
}

/// Our own lines from `level` up, those of other crates from warnings up. Also for tests that listen.
pub fn filter(level: LevelFilter) -> Targets {
    Targets::new().with_default(LevelFilter::WARN.min(level)).with_target(OUR_CRATE, level)
}

/// Time passed since it was started, for the log only: no rule may read it.
#[derive(Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "the one place that measures durations")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that measures durations")]
    pub fn passed(self) -> Duration {
        Instant::now().saturating_duration_since(self.0)
    }

    /// Whole milliseconds passed.
    pub fn millis(self) -> u64 {
        u64::try_from(self.passed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn other_crates_say_no_more_than_warnings_even_at_trace() {
        let speaking = filter(LevelFilter::TRACE);
        assert!(speaking.would_enable("show_of_hands::web", &Level::TRACE));
        assert!(speaking.would_enable("actix_http::h1", &Level::WARN));
        assert!(!speaking.would_enable("actix_http::h1", &Level::INFO));
    }
}
