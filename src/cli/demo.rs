//! `demo`: everything on a throwaway store.

use std::net::SocketAddr;

use anyhow::Result;
use clap::Args;
use tracing::level_filters::LevelFilter;

use super::serve::until_told;
use crate::demo;
use crate::telemetry::{self, LogFormat};
use crate::vault::Cost;

#[derive(Args, Clone, Copy)]
pub struct Options {
    /// Address the pages listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    http: SocketAddr,
}

pub fn run(options: Options) -> Result<()> {
    telemetry::start(LogFormat::Text, LevelFilter::WARN)?;
    actix_web::rt::System::new().block_on(async {
        let mut stop = until_told()?;
        println!("Seeding 12 sponsors and 7 people who wait ...");
        let demo = demo::start(options.http, Cost::FLOOR).await?;
        println!("Start here   {}/demo", demo.url());
        println!("Pages        {}/", demo.url());
        println!("Mail in      {} (SMTP and LMTP: the service)", demo.mail_in);
        println!("Mail out     {} (SMTP: every mailbox of the demo)", demo.mail_out);
        println!("Ctrl-C ends it and removes everything.");
        let _ = stop.wait_for(|stop| *stop).await;
        demo.stop().await?;
        Ok(())
    })
}
