//! `serve` and `migrate`.

use anyhow::{Context, Result};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing::level_filters::LevelFilter;

use super::WithSettings;
use crate::app::{App, Outside};
use crate::telemetry;

pub fn run(settings: WithSettings) -> Result<()> {
    let settings = settings.read()?;
    telemetry::start(settings.log, LevelFilter::INFO)?;
    actix_web::rt::System::new().block_on(async {
        let app = App::build(settings, Outside::real()).await?;
        if let Some(address) = app.http_address() {
            println!("Pages on http://{address}");
        }
        if let Some(address) = app.mail_address() {
            println!("Mail is taken on {address}");
        }
        if let Some(address) = app.policy_address() {
            println!("Postfix asks on {address}");
        }
        app.run(until_told()?).await?;
        Ok(())
    })
}

pub fn migrate(settings: WithSettings) -> Result<()> {
    let settings = settings.read_beside_a_service()?;
    actix_web::rt::System::new().block_on(async {
        App::build(settings, Outside::real()).await?;
        println!("The tables are up to date.");
        Ok(())
    })
}

/// Turns true at Ctrl-C or when the system stops the service.
pub fn until_told() -> Result<watch::Receiver<bool>> {
    let (told, stop) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be heard")?;
    tokio::spawn(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        told.send_replace(true);
        // Whoever waits for a change must still find the sender.
        std::future::pending::<()>().await;
    });
    Ok(stop)
}
