//! `demo`: everything on a throwaway store.

use std::net::SocketAddr;

use anyhow::Result;
use clap::Args;

#[derive(Args)]
pub struct Options {
    /// Address the pages listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    http: SocketAddr,
}

pub fn run(options: Options) -> Result<()> {
    crate::demo::run(options.http)
}
