//! `invite sponsor` and `invite coordinator`: a one-time link, printed once.

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::WithSettings;
use crate::app::{App, Outside};
use crate::i18n::Lang;
use crate::members::{self, InvitationKind};

#[derive(Args)]
pub struct Options {
    /// Whom to invite
    who: Who,
    /// Language of the page behind the link
    #[arg(long, default_value = "en")]
    lang: String,
    #[command(flatten)]
    settings: WithSettings,
}

#[derive(Clone, Copy, ValueEnum)]
enum Who {
    Sponsor,
    Coordinator,
}

pub fn run(options: Options) -> Result<()> {
    let settings = options.settings.read_beside_a_service()?;
    let public_url = settings.public_url.clone();
    let (kind, path) = match options.who {
        Who::Sponsor => (InvitationKind::Sponsor, "raise"),
        Who::Coordinator => (InvitationKind::Coordinator, "desk/join"),
    };
    let lang = Lang::from_word(&options.lang).unwrap_or(Lang::En);
    actix_web::rt::System::new().block_on(async {
        let app = App::build(settings, Outside::real()).await?;
        let ground = app.inside().ground;
        let token = ground.run(move |ground| members::invite(ground, kind, None)).await?;
        let base = public_url.as_str().trim_end_matches('/');
        println!("{base}{}/{path}/{}", lang.path_prefix(), token.text());
        println!("It works once. Hand it over in person.");
        Ok(())
    })
}
