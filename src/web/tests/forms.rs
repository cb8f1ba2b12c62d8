//! One form with every kind of field, to try the toolkit on before there is a page that needs it.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::TimeDelta;
use scraper::{Html, Selector};

use super::*;
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Event, Page, Pair, Title};
use crate::web::{get, post};

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "parts/base.html" %}
{% import "parts/form.html" as f %}
{% import "parts/lists.html" as l %}
{% block main %}
{% call f::problems(page, form) %}{% endcall %}
{% call f::open(page, "/try") %}{% endcall %}
{% call f::line(page, form, "name", "Your <name>", "Any & all", "off", true) %}{% endcall %}
{% call f::email(page, form, "email", "Email", "", false) %}{% endcall %}
{% call f::digits(page, form, "code", "Numbers", "", false) %}{% endcall %}
{% call f::password(page, form, "pass", "Words", "", "new-password") %}{% endcall %}
{% call f::area(page, form, "note", "Note", "Short", 4, false) %}{% endcall %}
{% call f::select(page, form, "day", "Day", "", days) %}{% endcall %}
{% call f::group(page, form, "who", "Who", "Pick", false) %}
{% call f::radio(form, "who", "a", "A", "") %}{% endcall %}
{% call f::tick(form, "who", "b", "B", "a note") %}{% endcall %}
{% endcall %}
<button type="submit">Go</button>
</form>
{% call l::pairs(page, pairs) %}{% endcall %}
{% call l::events(events) %}{% endcall %}
{% endblock %}"#
)]
struct Try<'a> {
    page: &'a Page,
    form: &'a FormState,
    days: &'a [(&'a str, &'a str)],
    pairs: &'a [Pair],
    events: &'a [Event],
}

fn show(page: Page, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Questions).about(form);
    let pairs = [Pair { name: "Name".into(), value: "Jo".into(), change: Some("/try".into()) }];
    let events = [Event { when: "Tuesday 14:10".into(), text: "We asked.".into(), is_next: true }];
    Page::show(&Try { page: &page, form, days: &[("1", "Monday"), ("2", "Tuesday")], pairs: &pairs, events: &events })
}

async fn shown(page: Page, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Draft)?;
    show(page, &FormState::blank())
}

async fn sent(page: Page, posted: Posted) -> Result<HttpResponse, Error> {
    let mut form = posted.form(&["code", "pass"]);
    if form.typed("name").is_empty() {
        form.wrong("name", "ask-name-empty");
    }
    if !form.is_fine() {
        return show(page, &form);
    }
    let draft = cookies::draft(page.house(), &form.typed("name"))?;
    Ok(page.see_other_with_cookies("/try", vec![draft]))
}

async fn trouble(status: web::Path<String>) -> Result<HttpResponse, Error> {
    Err(match status.as_str() {
        "429" => Error::Wait(30),
        "503" => Error::Busy,
        _ => Error::Bug("a test"),
    })
}

pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(web::resource("/try").route(get().to(shown)).route(post().to(sent)))
        .service(web::resource("/es/try").route(get().to(shown)).route(post().to(sent)))
        .service(web::resource("/trouble/{status}").route(get().to(trouble)));
}

const FULL: &[(&str, &str)] = &[
    ("name", "<b>Jo</b>"),
    ("email", "jo@x"),
    ("code", "12345678"),
    ("pass", "open sesame"),
    ("note", "a\nb"),
    ("who", "b"),
    ("day", "2"),
];

fn with_token<'a>(token: &'a str, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("k", token)], fields].concat()
}

fn attr(html: &Html, selector: &str, name: &str) -> Option<String> {
    let selector = Selector::parse(selector).unwrap();
    html.select(&selector).next().and_then(|found| found.attr(name)).map(str::to_owned)
}

#[actix_web::test]
async fn a_form_of_our_own_goes_through_and_keeps_the_language() {
    let house = Data::new(secure());
    let token = token_on(&ask(&house, TestRequest::get().uri("/es/try")).await.text());
    let answer = ask(&house, press("/es/try", &with_token(&token, FULL))).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/es/try?c"));
}

#[actix_web::test]
async fn an_old_or_foreign_token_shows_the_same_page_with_every_answer() {
    let house = Data::new(secure());
    let token = token_on(&ask(&house, TestRequest::get().uri("/try")).await.text());
    house.clock.turn(TimeDelta::hours(24));
    assert_eq!(ask(&house, press("/try", &with_token(&token, FULL))).await.status, StatusCode::SEE_OTHER);
    house.clock.turn(TimeDelta::seconds(1));
    for said in [token.as_str(), "", "1800000000.AAAA", "x"] {
        let answer = ask(&house, press("/try", &with_token(said, FULL))).await;
        assert_eq!(answer.status, StatusCode::OK);
        let text = answer.text();
        let html = Html::parse_document(&text);
        assert_eq!(attr(&html, "#name", "value").unwrap(), "<b>Jo</b>");
        assert_eq!(attr(&html, "#email", "value").unwrap(), "jo@x");
        assert_eq!(attr(&html, "#code", "value").unwrap(), "", "a secret is not shown again");
        assert_eq!(attr(&html, "#pass", "value"), None);
        assert!(text.contains(">\na\nb</textarea>"));
        assert!(attr(&html, "input[value=b]", "checked").is_some());
        assert!(attr(&html, "input[value=a]", "checked").is_none());
        assert!(attr(&html, "option[value='2']", "selected").is_some());
        assert!(attr(&html, "[role=alert]", "autofocus").is_some());
        assert!(answer.cookies().is_empty(), "nothing happened");
        let fresh = token_on(&text);
        assert_eq!(ask(&house, press("/try", &with_token(&fresh, FULL))).await.status, StatusCode::SEE_OTHER);
    }
}

#[actix_web::test]
async fn a_problem_stands_next_to_its_field_and_in_the_summary() {
    let house = Data::new(secure());
    let token = token_on(&ask(&house, TestRequest::get().uri("/try")).await.text());
    let text = ask(&house, press("/try", &[("k", &token), ("email", "jo@x")])).await.text();
    let html = Html::parse_document(&text);
    assert_eq!(attr(&html, "[role=alert] a", "href").unwrap(), "#name");
    assert_eq!(attr(&html, "#name", "aria-invalid").unwrap(), "true");
    assert_eq!(attr(&html, "#name", "aria-describedby").unwrap(), "name-hint name-said");
    assert_eq!(attr(&html, "#email", "aria-invalid"), None);
    assert!(text.contains("Your &#60;name&#62;") && text.contains("Any &#38; all"), "labels are escaped once");
    let title = Selector::parse("title").unwrap();
    assert!(
        html.select(&title)
            .next()
            .unwrap()
            .inner_html()
            .starts_with(&*words().talk(crate::i18n::Lang::En).t("error-prefix"))
    );
}

#[actix_web::test]
async fn blocked_cookies_get_their_sentence_and_a_stray_visit_none() {
    let house = Data::new(secure());
    let blocked = ask(&house, TestRequest::get().uri("/try?c")).await;
    assert_eq!(blocked.status, StatusCode::BAD_REQUEST);
    assert_eq!(ask(&house, TestRequest::get().uri("/try")).await.status, StatusCode::OK);
    let kept = TestRequest::get().uri("/try?c").insert_header(("cookie", "__Host-d=x"));
    assert_eq!(ask(&house, kept).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn cookies_are_strict_and_locked_to_the_host_where_https_allows() {
    for (url, name, is_secure) in [("https://hello.example", "__Host-d=", true), ("http://127.0.0.1:8080", "d=", false)]
    {
        let house = Data::new(house(url));
        let token = token_on(&ask(&house, TestRequest::get().uri("/try")).await.text());
        let answer = ask(&house, press("/try", &with_token(&token, FULL))).await;
        let cookie = answer.cookies().remove(0);
        assert!(cookie.starts_with(name) && !cookie.contains("Jo"), "{cookie}");
        for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=86400"] {
            assert!(cookie.contains(part), "{cookie} lacks {part}");
        }
        assert_eq!(cookie.contains("Secure"), is_secure);
        assert!(!cookie.contains("Domain"));
    }
}

#[actix_web::test]
async fn a_draft_is_read_back_for_24_hours_and_under_its_own_name_only() {
    let house = secure();
    let cookie = cookies::draft(&house, &("Jo", 3)).unwrap();
    let request = TestRequest::get().cookie(cookie.clone()).to_http_request();
    assert_eq!(cookies::read_draft(&house, &request), Some(("Jo".to_owned(), 3)));
    let renamed =
        TestRequest::get().insert_header(("cookie", format!("__Host-b={}", cookie.value()))).to_http_request();
    assert_eq!(cookies::read_browser(&house, &renamed), None);
    house.clock.turn(TimeDelta::hours(24));
    assert_eq!(cookies::read_draft::<(String, i32)>(&house, &request), None);
    assert_eq!(cookies::draft(&house, &"x".repeat(3_000)).map(|_| ()), Err(Error::TooLarge));
}

#[actix_web::test]
async fn a_token_of_one_browser_is_worth_nothing_in_another() {
    let house = Data::new(secure());
    let browser = |secret| cookies::browser(&house, &[secret; 16]).unwrap();
    let page = ask(&house, TestRequest::get().uri("/try").cookie(browser(1))).await.text();
    let token = token_on(&page);
    let own = press("/try", &with_token(&token, FULL)).cookie(browser(1));
    assert_eq!(ask(&house, own).await.status, StatusCode::SEE_OTHER);
    let foreign = press("/try", &with_token(&token, FULL)).cookie(browser(2));
    assert_eq!(ask(&house, foreign).await.status, StatusCode::OK);
}
