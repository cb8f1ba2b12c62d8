//! The web door as a browser meets it, in memory: the real routes, a throwaway folder of keys, a clock that stands.

mod asking;
mod browser;
mod door;
mod forms;
mod ground;
mod leaving;
mod me;
mod mine;
mod offers;
mod raising;
mod shown;

use std::sync::Arc;

use actix_web::App;
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, LOCATION, SET_COOKIE};
use actix_web::test::{self, TestRequest};
use actix_web::web::{Bytes, Data};
use url::Url;

use super::{Hooks, Settings, WebHouse, routes_with};
use crate::clock::{Clock, Timestamp};
use crate::i18n::Words;
use crate::vault::{Chance, Vault};

const NOW: Timestamp = Timestamp(1_800_000_000);

fn house(public_url: &str) -> WebHouse {
    let folder = tempfile::tempdir().unwrap();
    let chance = Chance::seeded(7);
    let (vault, _) = Vault::open_or_make(&folder.path().join("keys"), &chance).unwrap();
    WebHouse::new(vault, words(), Clock::standing_at(NOW), chance, settings(public_url))
}

fn settings(public_url: &str) -> Settings {
    Settings {
        public_url: Url::parse(public_url).unwrap(),
        site_name: "Hello Post".to_owned(),
        is_demo: public_url.starts_with("http:"),
        trusted_proxy: None,
        leave_to: Url::parse("https://weather.example/today").unwrap(),
        onion: None,
        mail_domain: "post.example".to_owned(),
        utc_offset_min: 0,
        policy_file: None,
        words_folder: None,
    }
}

fn secure() -> WebHouse {
    house("https://hello.example")
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    fn location(&self) -> &str {
        self.header(LOCATION.as_str()).unwrap()
    }

    fn cookies(&self) -> Vec<String> {
        self.headers.get_all(SET_COOKIE).map(|value| value.to_str().unwrap().to_owned()).collect()
    }
}

/// One browser that keeps no cookies by itself; each request says all it says.
async fn ask_all(house: &Data<WebHouse>, requests: Vec<TestRequest>) -> Vec<Answer> {
    let app = App::new().app_data(house.clone()).configure(|app| routes_with(app, forms::routes));
    let app = test::init_service(app).await;
    let mut answers = Vec::new();
    for request in requests {
        answers.push(answer(app.call(request.to_request()).await.unwrap()).await);
    }
    answers
}

async fn ask(house: &Data<WebHouse>, request: TestRequest) -> Answer {
    ask_all(house, vec![request]).await.remove(0)
}

async fn answer<B: MessageBody>(response: ServiceResponse<B>) -> Answer
where
    B::Error: Into<Box<dyn std::error::Error>>,
{
    let (status, headers) = (response.status(), response.headers().clone());
    let body = actix_web::body::to_bytes(response.into_body()).await.map_err(Into::into).unwrap();
    Answer { status, headers, body }
}

/// A POST as a browser sends it from one of our pages.
fn press(path: &str, fields: &[(&str, &str)]) -> TestRequest {
    TestRequest::post().uri(path).insert_header(("sec-fetch-site", "same-origin")).set_form(fields)
}

fn words() -> Words {
    Words::load(None).unwrap()
}

/// The first value of the form token on a page.
fn token_on(page: &str) -> String {
    let html = scraper::Html::parse_document(page);
    let field = scraper::Selector::parse("input[name=k]").unwrap();
    html.select(&field).next().unwrap().attr("value").unwrap().to_owned()
}
