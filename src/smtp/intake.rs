//! stand-in
use super::{DataAnswer, Delivery, Intake, RcptAnswer, authenticate::Authenticator};
use crate::{ground::Ground, relay::MailSite, vault::Opener};
pub struct RelayIntake {
    pub ground: Ground,
    pub opener: Opener,
    pub authenticator: Authenticator,
    pub site: MailSite,
}
impl Intake for RelayIntake {
    async fn rcpt(&self, _: &str) -> RcptAnswer {
        RcptAnswer::Unknown
    }
    async fn data(&self, _: Delivery) -> DataAnswer {
        DataAnswer::TryLater
    }
}
