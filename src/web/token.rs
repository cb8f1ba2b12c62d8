//! The form token: `seconds.mac`, the mac over who the browser is to us (session, else the browser that asked for a
//! code, else nobody yet) and the second of issue. Valid 24 h, with no minimum age: a quick person is no robot.
//! Pages put it in through `Page::token`; `form::Posted` looks at it.

use chrono::TimeDelta;
use data_encoding::BASE64URL_NOPAD;

use super::page::Page;
use crate::clock::Timestamp;
use crate::vault::{Purpose, same};

const LIFE: TimeDelta = TimeDelta::hours(24);

pub fn issue(page: &Page) -> String {
    let now = page.house().clock.now();
    format!("{}.{}", now.0, BASE64URL_NOPAD.encode(&mac(page, now)))
}

/// Issued by us, to this browser, within the last 24 h. Anything else is a form to be sent once more.
pub fn is_fresh(page: &Page, said: &str) -> bool {
    let Some((seconds, mac_said)) = said.split_once('.') else { return false };
    let (Ok(seconds), Ok(mac_said)) = (seconds.parse(), BASE64URL_NOPAD.decode(mac_said.as_bytes())) else {
        return false;
    };
    let issued_at = Timestamp(seconds);
    let age = page.house().clock.now().since(issued_at);
    age >= TimeDelta::zero() && age <= LIFE && same(&mac(page, issued_at), &mac_said)
}

fn mac(page: &Page, issued_at: Timestamp) -> [u8; 32] {
    page.house().vault.mac(Purpose::Csrf, &[page.bearer(), &issued_at.0.to_be_bytes()]).0
}
