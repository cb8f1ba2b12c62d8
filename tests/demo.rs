//! The demo's own story, from the outside: pages over plain HTTP, mail over real SMTP in both directions. Ask as Dana, say
//! yes as Ray, write back and forth; at the end both inboxes are full and neither side's address, surname or phone is
//! anywhere in the other's.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is not there")]

use std::net::{Ipv4Addr, SocketAddr};

use lettre::address::Envelope;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use mailparse::MailHeaderMap;
use reqwest::{Client, Response};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use show_of_hands::app::{self, App, Outside};
use show_of_hands::config::{Partial, Settings, resolve};
use show_of_hands::demo::{self, Demo};
use show_of_hands::vault::Cost;

const DANA: Person = Person { address: "dana@inbox.example", surname: "Whitlock", phone: "555 010 0142" };
const RAY: Person = Person { address: "ray@harbor.example", surname: "Okafor", phone: "555 010 0112" };

struct Person {
    address: &'static str,
    surname: &'static str,
    phone: &'static str,
}

impl Person {
    /// What must not be found on the other side, as mails may carry it.
    fn marks(&self) -> [&'static str; 3] {
        [self.address, self.surname, self.phone]
    }
}

struct Mail {
    place: usize,
    to: String,
    subject: String,
    text: String,
    raw: String,
}

/// A browser of one person: its own cookies, no scripts.
struct Browser {
    client: Client,
    base: String,
}

/// A page that was shown.
struct Shown {
    url: String,
    html: String,
}

impl Browser {
    fn new(demo: &Demo) -> Self {
        Self { client: Client::builder().cookie_store(true).build().unwrap(), base: demo.url() }
    }

    async fn get(&self, path: &str) -> Shown {
        read(self.client.get(format!("{}{path}", self.base)).send().await.unwrap()).await
    }

    /// Fills the first form of the page that posts to `action` (or any, where empty), and presses its first button.
    async fn press(&self, page: &Shown, action: &str, fill: &[(&str, &str)]) -> Shown {
        let (target, fields) = filled(&page.html, action, fill);
        let request = self.client.post(format!("{}{target}", self.base)).header("Origin", &self.base).form(&fields);
        read(request.send().await.unwrap()).await
    }

    async fn mails(&self) -> Vec<Mail> {
        let json = self.get("/demo/mail.json").await.html;
        let list: Vec<Value> = serde_json::from_str(&json).unwrap();
        let text = |mail: &Value, field: &str| mail[field].as_str().unwrap().to_owned();
        let mail = |(place, mail): (usize, &Value)| Mail {
            place,
            to: text(mail, "to"),
            subject: text(mail, "subject"),
            text: text(mail, "text"),
            raw: text(mail, "raw"),
        };
        list.iter().enumerate().map(mail).collect()
    }

    async fn newest_to(&self, address: &str) -> Mail {
        self.mails().await.into_iter().rfind(|mail| mail.to == address).unwrap()
    }
}

async fn read(answer: Response) -> Shown {
    let (url, status) = (answer.url().to_string(), answer.status());
    let html = answer.text().await.unwrap();
    assert!(status.is_success(), "{status} at {url}: {html}");
    Shown { url, html }
}

/// Where a form goes and what it sends, as a browser would with `fill` typed in.
fn filled(html: &str, action: &str, fill: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    let page = Html::parse_document(html);
    let forms = Selector::parse("form[method=post]").unwrap();
    let is_wanted = |form: &ElementRef<'_>| {
        let said = form.value().attr("action").unwrap_or_default();
        action.is_empty() || said == action
    };
    let form = page.select(&forms).find(is_wanted).unwrap_or_else(|| panic!("no form to {action:?} in {html}"));
    let mut fields: Vec<(String, String)> = Vec::new();
    for field in form.select(&Selector::parse("input, select, textarea, button").unwrap()) {
        let element = field.value();
        let Some(name) = element.attr("name") else { continue };
        let value = element.attr("value").unwrap_or_default();
        let kind = element.attr("type").unwrap_or_default();
        let sent = match element.name() {
            "input" if matches!(kind, "radio" | "checkbox") && element.attr("checked").is_none() => None,
            "textarea" => Some(field.text().collect::<String>().trim_start_matches('\n').to_owned()),
            "select" => chosen(field),
            "button" if fields.iter().any(|(sent, _)| sent == name) => None,
            _ => Some(value.to_owned()),
        };
        fields.extend(sent.map(|value| (name.to_owned(), value)));
    }
    for (name, value) in fill {
        fields.retain(|(sent, _)| sent != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    (form.value().attr("action").unwrap().to_owned(), fields)
}

fn chosen(select: ElementRef<'_>) -> Option<String> {
    let of = |selector: &str| select.select(&Selector::parse(selector).unwrap()).next();
    of("option[selected]").or_else(|| of("option")).map(|option| option.value().attr("value").unwrap().to_owned())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The path of the first link below `/o/` in a mail.
fn offer_path(demo: &Demo, mail: &Mail) -> String {
    let start = mail.text.find(&format!("{}/o/", demo.url())).unwrap_or_else(|| panic!("no link in {}", mail.text));
    let link: String = mail.text[start..].chars().take_while(|c| !c.is_whitespace()).collect();
    link.strip_prefix(&demo.url()).unwrap().to_owned()
}

fn from_of(mail: &Mail) -> String {
    let parsed = mailparse::parse_mail(mail.raw.as_bytes()).unwrap();
    let from = parsed.headers.get_first_value("From").unwrap();
    mailparse::addrparse(&from).unwrap().extract_single_info().unwrap().addr
}

async fn start() -> Demo {
    demo::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), Cost::LOWEST).await.unwrap()
}

async fn ask_as_dana(browser: &Browser) -> Shown {
    let page = browser.get("/ask/name").await;
    let page = browser.press(&page, "/ask/name", &[("name", "Dana")]).await;
    let page = browser.press(&page, "/ask/email", &[("email", DANA.address)]).await;
    let page = browser.press(&page, "/ask/who", &[]).await;
    let page = browser.press(&page, "/ask/check", &[]).await;
    let code = digits(&browser.newest_to(DANA.address).await.subject);
    assert_eq!(code.len(), 8);
    browser.press(&page, "/ask/code", &[("code", &code)]).await
}

/// Answers the newest letter to somebody through the demo's page, which sends it by SMTP.
async fn answer_newest(browser: &Browser, from: &Person, text: &str) {
    let mail = browser.newest_to(from.address).await;
    let path = format!("/demo/mail/{}", mail.place);
    let page = browser.get(&path).await;
    let compared = browser.press(&page, &path, &[("text", text)]).await;
    assert!(compared.url.contains("/demo/letter/"), "{}", compared.url);
    // The positive control: what left gives its writer away.
    for mark in from.marks() {
        assert!(compared.html.contains(mark), "the letter that left does not say {mark}");
    }
}

/// The same by hand, straight to the service's own port.
async fn write_by_smtp(demo: &Demo, from: &Person, to: &str, text: &str) {
    let raw = format!(
        "From: \"Ray {surname}\" <{address}>\r\nTo: <{to}>\r\nSubject: Re: note\r\nMessage-ID: <1@harbor.example>\r\n\
         \r\n{text}\r\n\r\n-- \r\nRay {surname}\r\n+1 {phone}\r\n",
        surname = from.surname,
        address = from.address,
        phone = from.phone,
    );
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(demo.mail_in.ip().to_string())
        .port(demo.mail_in.port())
        .build();
    let envelope = Envelope::new(Some(from.address.parse().unwrap()), vec![to.parse().unwrap()]).unwrap();
    transport.send_raw(&envelope, raw.as_bytes()).await.unwrap();
}

#[actix_web::test]
async fn the_whole_story_leaves_both_inboxes_full_and_nobody_exposed() {
    let demo = start().await;
    let (dana, ray) = (Browser::new(&demo), Browser::new(&demo));

    let done = ask_as_dana(&dana).await;
    assert!(done.url.contains("/ask/done"), "{}", done.url);

    let offer = ray.newest_to(RAY.address).await;
    let path = offer_path(&demo, &offer);
    let page = ray.get(&path).await;
    assert!(!page.html.contains("Dana"), "an offer names nobody before the yes");
    let hello = "Hi, I am Ray. I walked in once too.\r\nWrite whenever you like.";
    ray.press(&page, &path, &[("hello", hello), ("answer", "yes")]).await;

    let arrived = dana.newest_to(DANA.address).await;
    assert!(arrived.text.contains("I walked in once too."), "{}", arrived.text);
    answer_newest(&dana, &DANA, "Thank you for writing.\r\nI was afraid nobody would.").await;
    assert!(ray.newest_to(RAY.address).await.text.contains("I was afraid nobody would."));
    answer_newest(&ray, &RAY, "I was afraid too, the first time.").await;
    assert!(dana.newest_to(DANA.address).await.text.contains("I was afraid too, the first time."));
    answer_newest(&dana, &DANA, "Thursday after work?").await;
    let last = ray.newest_to(RAY.address).await;
    assert!(last.text.contains("Thursday after work?"));
    write_by_smtp(&demo, &RAY, &from_of(&last), "Thursday is good.").await;
    assert!(dana.newest_to(DANA.address).await.text.contains("Thursday is good."));

    let mails = dana.mails().await;
    for (own, other) in [(&DANA, &RAY), (&RAY, &DANA)] {
        let inbox: Vec<&Mail> = mails.iter().filter(|mail| mail.to == own.address).collect();
        let letters = inbox.iter().filter(|mail| !mail.raw.contains("Auto-Submitted:")).count();
        assert!(letters >= 2, "{letters} letters to {}", own.address);
        for mail in &inbox {
            for mark in other.marks() {
                assert!(!contains(mail, mark), "{mark} stands in a mail to {}:\n{}", own.address, mail.raw);
            }
        }
    }
    // Control: the same search finds what was passed on.
    assert!(mails.iter().any(|mail| contains(mail, "Thursday after work?")));
    demo.stop().await.unwrap();
}

/// Looks at the bytes as they came and at every decoded part.
fn contains(mail: &Mail, mark: &str) -> bool {
    let mark = mark.to_lowercase();
    let parsed = mailparse::parse_mail(mail.raw.as_bytes()).unwrap();
    let bodies: String = parsed.parts().filter_map(|part| part.get_body().ok()).collect();
    let headers: String = parsed.headers.iter().map(mailparse::MailHeader::get_value).collect();
    [mail.raw.clone(), bodies, headers].iter().any(|text| text.to_lowercase().contains(&mark))
}

#[actix_web::test]
async fn a_scanner_that_visits_every_link_changes_nothing() {
    let demo = start().await;
    let browser = Browser::new(&demo);
    ask_as_dana(&browser).await;
    // Reading the mails also does what is due, so that nothing is left to happen by itself.
    let count = browser.mails().await.len();
    let before = demo.inside.ground.store.dump_digest().unwrap();

    let page = browser.get("/demo").await;
    let scanned = browser.press(&page, "/demo/scan", &[]).await;

    assert!(scanned.html.contains("The scanner changed nothing."), "{}", scanned.html);
    let links: usize =
        digits(scanned.html.split("It visited ").nth(1).unwrap().split(" links").next().unwrap()).parse().unwrap();
    assert!(links >= 10, "only {links} links");
    assert_eq!(demo.inside.ground.store.dump_digest().unwrap(), before);
    assert_eq!(browser.mails().await.len(), count);

    // Control: a button on one of those pages does change something.
    let path = offer_path(&demo, &browser.newest_to(RAY.address).await);
    let page = browser.get(&path).await;
    browser.press(&page, &path, &[("answer", "yes")]).await;
    assert_ne!(demo.inside.ground.store.dump_digest().unwrap(), before);
    demo.stop().await.unwrap();
}

#[actix_web::test]
async fn a_day_passes_at_a_press_and_offers_go_on_to_others() {
    let demo = start().await;
    let browser = Browser::new(&demo);
    let before = demo.inside.ground.now();
    let offers = |mails: Vec<Mail>| mails.iter().filter(|mail| mail.text.contains("/o/")).count();
    let asked = offers(browser.mails().await);
    assert!(asked >= 15, "only {asked} offers at the start");

    let page = browser.get("/demo").await;
    browser.press(&page, "/demo/turn", &[("by", "day")]).await;

    assert!(demo.inside.ground.now().since(before).num_hours() >= 24);
    assert!(offers(browser.mails().await) > asked, "nobody else was asked");
    demo.stop().await.unwrap();
}

#[actix_web::test]
async fn the_demo_opens_no_store_of_real_members() {
    let folder = tempfile::tempdir().unwrap();
    let settings = |is_demo| {
        let partial = Partial {
            database: Some(format!("sqlite:{}", folder.path().join("hands.db").display())),
            keys: Some(folder.path().join("keys")),
            http: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
            mail_in: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
            smarthost: Some("smtp://127.0.0.1:9".into()),
            public_url: Some("http://127.0.0.1:1".into()),
            mail_domain: Some("notes.example".into()),
            ..Partial::default()
        };
        Settings { is_demo, ..resolve(partial).unwrap() }
    };
    let outside = || Outside { cost: Cost::LOWEST, ..Outside::real() };
    drop(App::build(settings(false), outside()).await.unwrap());
    let refused = App::build(settings(true), outside()).await.err();
    assert!(matches!(refused, Some(app::Error::NotADemo)));
    assert!(App::build(settings(false), outside()).await.is_ok(), "it was left as it was");
}
