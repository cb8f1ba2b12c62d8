//! `audit verify`: whether the record of what the desk did is whole, and its head.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::WithSettings;
use crate::app::{App, Outside};
use crate::audit::{self, KeptHead};

#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Read the whole record; exit with 1 where a row was changed, taken out or put elsewhere
    #[command(
        after_help = "Example: show-of-hands audit verify --head 12:9f86d081884c7d65 --config /etc/show-of-hands.toml"
    )]
    Verify(Verify),
}

#[derive(Args)]
struct Verify {
    /// A head from a coordinator's mail, or from an earlier run: shows whether the end was cut since
    #[arg(long, value_name = "NUMBER:HEX")]
    head: Option<KeptHead>,
    #[command(flatten)]
    settings: WithSettings,
}

pub fn run(options: Options) -> Result<ExitCode> {
    let What::Verify(Verify { head: kept, settings }) = options.what;
    let settings = settings.read_beside_a_service()?;
    actix_web::rt::System::new().block_on(async {
        let ground = App::build(settings, Outside::real()).await?.inside().ground;
        let verdict = ground.store.read(|conn| match &kept {
            None => audit::verify(conn, &ground.vault),
            Some(kept) => audit::verify_against(conn, &ground.vault, kept),
        })?;
        let head = match verdict {
            Err(broken) => {
                println!("The record does not hold: {broken}.");
                return Ok(ExitCode::FAILURE);
            }
            Ok(head) => head,
        };
        match head {
            None => println!("The record has no row yet."),
            Some(head) => println!("Rows: {}. Every one holds.\nHead: {head}", head.number),
        }
        Ok(ExitCode::SUCCESS)
    })
}
