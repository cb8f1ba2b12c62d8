//! stand-in
pub mod letter;
#[derive(Clone)]
pub struct MailSite;
impl MailSite {
    pub fn new(_: &str, _: &str, _: &str) -> Self {
        Self
    }
}
