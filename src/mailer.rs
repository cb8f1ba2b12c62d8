//! stand-in
use crate::{
    ground::Ground,
    outbox::transport::{Health, Smarthost},
    relay::MailSite,
    vault::Opener,
};
pub struct Mailer {
    pub ground: Ground,
    pub opener: Opener,
    pub smarthost: Smarthost,
    pub site: MailSite,
    pub health: Health,
}
impl Mailer {
    pub async fn run(&self, _stop: tokio::sync::watch::Receiver<bool>) {}
    pub async fn drain(&self) {}
}
