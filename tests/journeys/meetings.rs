//! Meetings for somebody who waits: read from a real server on this machine, which then fails in every way it can.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use show_of_hands::config::Settings;
use show_of_hands::feed::{self, Failure, Limits, Pass};
use show_of_hands::ground::Ground;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::{Newcomer, TestApp};

on_both_engines!(
    what_the_feed_lists_is_on_the_page,
    a_feed_that_fails_in_any_way_takes_nothing_away,
    a_list_that_did_not_change_is_not_sent_again,
    without_a_feed_there_is_a_link,
    another_address_begins_anew,
);

const JO: &str = "jo@mail.example";

/// The story begins on a Tuesday at 14:00 UTC; Jo's clock is UTC.
const LIST: &str = r#"[
  {"name": "Second Cup", "day": 2, "time": "10:30", "timezone": "America/New_York", "attendance_option": "online",
   "conference_url": "https://meet.example/cup?a=1&b=2", "formatted_address": "Albany, NY"},
  {"name": "Old <b>Library</b>", "day": "2", "time": "17:00", "timezone": "Europe/London", "attendance_option": "in_person",
   "location": "Reading Room", "formatted_address": "3 Mill Lane, Leeds"},
  {"name": "Both Ways", "day": [2, 3], "time": "17:59", "attendance_option": "hybrid", "conference_url": "https://meet.example/both",
   "formatted_address": "40 Chapel Road, Leeds"},
  {"name": "Tomorrow Morning", "day": 3, "time": "08:00", "timezone": "UTC", "conference_url": "https://meet.example/tomorrow"},
  {"name": "Gone For Now", "day": 2, "time": "16:00", "types": ["TC"], "formatted_address": "1 High Street, Leeds"},
  {"name": "Trap", "day": 2, "time": "15:00", "attendance_option": "online", "conference_url": "javascript:alert(1)"},
  {"name": "By Appointment", "time": "15:00", "conference_url": "https://meet.example/no"},
  "odd", 7, null
]"#;

/// What the server does with the next visitor.
#[derive(Clone)]
pub enum Does {
    Answers(String),
    /// As much as this of one letter, for all it is worth.
    Pours(usize),
    /// Says that a list comes, and then a letter now and then.
    Drips,
    HangsUp,
    Redirects(String),
    /// The list has another path now.
    Moved,
}

pub struct Feed {
    address: SocketAddr,
    does: Arc<Mutex<Does>>,
    /// Head of each request, lower case.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Feed {
    pub async fn open(does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let feed = Self {
            address: listener.local_addr().expect("its address"),
            does: Arc::new(Mutex::new(does)),
            asked: Arc::default(),
        };
        let (does, asked) = (Arc::clone(&feed.does), Arc::clone(&feed.asked));
        actix_web::rt::spawn(async move {
            while let Ok((visitor, _)) = listener.accept().await {
                let does = does.lock().expect("what to do").clone();
                actix_web::rt::spawn(serve(visitor, does, Arc::clone(&asked)));
            }
        });
        feed
    }

    fn now(&self, does: Does) {
        *self.does.lock().expect("what to do") = does;
    }

    pub fn visits(&self) -> usize {
        self.asked.lock().expect("requests").len()
    }

    fn last_asked(&self) -> String {
        self.asked.lock().expect("requests").last().cloned().expect("a request")
    }

    pub fn policy(&self) -> String {
        format!("[meetings]\nfeed = \"http://{}/list.json\"\nlink = \"https://meetings.example/all\"\n", self.address)
    }
}

async fn serve(mut visitor: TcpStream, does: Does, asked: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match visitor.read(&mut piece).await {
            // A greeting of TLS (RFC 8446, section 5.1): this server speaks none.
            Ok(read) if read > 0 && piece[0] == 22 => {
                let _ = visitor.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
                return;
            }
            Ok(read) if read > 0 => head.extend_from_slice(&piece[..read]),
            _ => return,
        }
    }
    asked.lock().expect("requests").push(String::from_utf8_lossy(&head).to_lowercase());
    let is_first = String::from_utf8_lossy(&head).starts_with("GET /list.json ");
    let does = match does {
        Does::Moved if is_first => Does::Redirects("/moved.json".to_owned()),
        Does::Moved => list(),
        other => other,
    };
    // Who was asked for a list may hang up in the middle of it.
    let _ = match does {
        Does::Answers(answer) => visitor.write_all(answer.as_bytes()).await,
        Does::Pours(octets) => pour(&mut visitor, octets).await,
        Does::Drips => drip(&mut visitor).await,
        Does::HangsUp | Does::Moved => Ok(()),
        Does::Redirects(to) => {
            visitor
                .write_all(format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n").as_bytes())
                .await
        }
    };
}

async fn pour(visitor: &mut TcpStream, octets: usize) -> std::io::Result<()> {
    visitor.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n[").await?;
    let block = vec![b' '; 64 * 1024];
    for _ in 0..octets / block.len() {
        visitor.write_all(&block).await?;
    }
    Ok(())
}

async fn drip(visitor: &mut TcpStream) -> std::io::Result<()> {
    visitor.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n[").await?;
    loop {
        visitor.write_all(b" ").await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn answer(status: &str, headers: &str, body: &str) -> Does {
    Does::Answers(format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}",
        body.len()
    ))
}

fn list() -> Does {
    answer("200 OK", "content-type: application/json\r\netag: \"one\"\r\nset-cookie: a=b\r\n", LIST)
}

fn with_policy(policy: &Path) -> impl FnOnce(&mut Settings) {
    let policy = policy.to_owned();
    move |settings| settings.policy = Some(policy)
}

async fn start(engine: Engine, policy: &str) -> Option<TestApp> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("policy.toml");
    std::fs::write(&file, policy).expect("the policy");
    TestApp::start_with(engine, with_policy(&file)).await
}

/// One reading, with a second for what takes half a minute in earnest.
async fn reads(ground: &Ground) -> Pass {
    let limits = Limits { connect: Duration::from_secs(1), whole: Duration::from_millis(1500) };
    feed::pass(ground, limits).await.expect("the store holds")
}

async fn what_the_feed_lists_is_on_the_page(engine: Engine) {
    let feed = Feed::open(list()).await;
    let Some(app) = start(engine, &feed.policy()).await else { return };
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    jo.browser.visit("/mine").await.does_not_say("meetings start");
    assert_eq!(reads(app.ground()).await, Pass::Kept);

    jo.browser.visit("/mine").await.says("Three meetings start in the next 4 hours. Meetings, and something to read");
    jo.browser.visit("/es/mine").await.says("Tres reuniones empiezan en las próximas 4 horas.");
    let page = jo.browser.visit("/mine/while").await.clone();
    page.says("You can keep your camera off.");
    page.says("Online Second Cup today 15:30 Open Second Cup Both Ways today 17:59 Open Both Ways Tomorrow Morning tomorrow 08:00");
    page.says("In a room Old <b>Library</b> today 17:00 Reading Room, 3 Mill Lane, Leeds Both Ways today 17:59 40 Chapel Road, Leeds");
    for other in ["Gone For Now", "Trap", "By Appointment", "checked", "See where there are meetings", "Albany"] {
        page.does_not_say(other);
    }
    assert!(!page.html.contains("javascript:") && !page.html.contains("<b>Library"), "{}", page.html);
    assert!(
        page.html.contains("href=\"https://meet.example/cup?a=1&#38;b=2\" rel=\"noreferrer noopener\""),
        "{}",
        page.html
    );
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(page.html.contains("<title>Your page - Hands</title>"));
    jo.browser.visit("/es/mine/while").await.says("En línea Second Cup hoy 15:30 Abrir");
    app.browser().visit("/mine/while").await.says("What is your email?");

    // The server learns nothing but that somebody reads a list.
    let asked = feed.last_asked();
    for said in ["cookie", "referer", "hands.example", "show", "if-none-match"] {
        assert!(!asked.contains(said), "{said}: {asked}");
    }
    // No page asked it anything, and the next reading has its time.
    assert_eq!((feed.visits(), reads(app.ground()).await), (1, Pass::NotDue));
    app.turn("+359 min").await;
    assert_eq!(reads(app.ground()).await, Pass::NotDue);
    app.turn("+1 min").await;
    assert_eq!(reads(app.ground()).await, Pass::Kept);
    // Ten in the evening: what was today is over, and nothing starts soon.
    app.turn("+2 h").await;
    jo.signs_in(&app).await;
    jo.browser.visit("/mine").await.does_not_say("start in the next");
    jo.browser.visit("/mine/while").await.says("Online Tomorrow Morning tomorrow 08:00");
}

async fn a_feed_that_fails_in_any_way_takes_nothing_away(engine: Engine) {
    let feed = Feed::open(list()).await;
    let Some(app) = start(engine, &feed.policy()).await else { return };
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    assert_eq!(reads(app.ground()).await, Pass::Kept);
    app.turn("+6 h").await; // Tuesday, 20:00
    let html = "<!doctype html><title>Sign in</title>";
    let too_often = format!("http://{}/round", feed.address);
    for (does, why) in [
        (answer("500 Internal Server Error", "", LIST), Failure::Status),
        (answer("404 Not Found", "", LIST), Failure::Status),
        (answer("204 No Content", "", ""), Failure::Status),
        (answer("200 OK", "content-type: application/json\r\n", html), Failure::NotAList),
        (answer("200 OK", "", "{\"meetings\": []}"), Failure::NotAList),
        (answer("200 OK", "", &LIST[..200]), Failure::NotAList),
        (answer("200 OK", "", ""), Failure::NotAList),
        (answer("200 OK", "", "[]"), Failure::Empty),
        (answer("200 OK", "", "[7, {\"name\": \"X\"}]"), Failure::Empty),
        (Does::Answers("HTTP/1.1 200 OK\r\ncontent-length: 52428800\r\n\r\n[".to_owned()), Failure::TooLarge),
        (Does::Answers("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n[".to_owned()), Failure::Broken),
        (Does::Answers("what?\r\n\r\n".to_owned()), Failure::Broken),
        (Does::Pours(50 * 1024 * 1024), Failure::TooLarge),
        (Does::Drips, Failure::Slow),
        (Does::HangsUp, Failure::Broken),
        (Does::Redirects(too_often), Failure::Redirected),
        (Does::Redirects("http://feed.example/".to_owned()), Failure::Redirected),
        (Does::Redirects("file:///etc/passwd".to_owned()), Failure::Status),
    ] {
        feed.now(does);
        assert_eq!(reads(app.ground()).await, Pass::Failed(why));
        // Not again at once.
        app.turn("+29 min").await;
        assert_eq!(reads(app.ground()).await, Pass::NotDue, "{why:?}");
        app.turn("+1 min").await;
    }
    jo.signs_in(&app).await;
    jo.browser.visit("/mine/while").await.says("Tomorrow Morning");
    jo.browser.page.does_not_say("checked");

    // Nobody is there at all, for days.
    feed.now(Does::HangsUp);
    app.turn("+2 days").await;
    assert_eq!(reads(app.ground()).await, Pass::Failed(Failure::Broken));
    jo.signs_in(&app).await;
    let page = jo.browser.visit("/mine/while").await.clone();
    page.says("This list was checked Tuesday 14:00. Something may have changed since.");
    page.says("Second Cup");
    page.says("See where there are meetings");
    assert!(page.html.contains("https://meetings.example/all"));
    // What may be wrong is not promised.
    jo.browser.visit("/mine").await.does_not_say("start in the next");

    feed.now(Does::Moved);
    app.turn("+30 min").await;
    assert_eq!(reads(app.ground()).await, Pass::Kept);
    jo.browser.visit("/mine/while").await.does_not_say("checked");
}

async fn a_list_that_did_not_change_is_not_sent_again(engine: Engine) {
    let feed = Feed::open(list()).await;
    let Some(app) = start(engine, &feed.policy()).await else { return };
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    // Nothing is kept yet, so nothing can be unchanged.
    feed.now(answer("304 Not Modified", "", ""));
    assert_eq!(reads(app.ground()).await, Pass::Failed(Failure::Status));
    app.turn("+30 min").await;
    feed.now(list());
    assert_eq!(reads(app.ground()).await, Pass::Kept);
    for _ in 0..9 {
        app.turn("+6 h").await;
        feed.now(answer("304 Not Modified", "", ""));
        assert_eq!(reads(app.ground()).await, Pass::Unchanged);
        assert!(feed.last_asked().contains("if-none-match: \"one\""), "{}", feed.last_asked());
    }
    jo.signs_in(&app).await;
    jo.browser.visit("/mine/while").await.says("Second Cup");
    jo.browser.page.does_not_say("checked");
}

async fn without_a_feed_there_is_a_link(engine: Engine) {
    let Some(app) = start(engine, "[meetings]\nlink = \"https://meetings.example/all\"\n").await else { return };
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    assert_eq!(reads(app.ground()).await, Pass::NotDue);
    jo.browser.visit("/mine").await.says("Meetings, and something to read");
    let page = jo.browser.visit("/mine/while").await.clone();
    page.says("See where there are meetings");
    page.says("What a sponsor is");
    page.says("Help right now");
    page.does_not_say("Online");
    assert!(page.html.contains("href=\"https://meetings.example/all\" rel=\"noreferrer noopener\""));
    drop(app);

    let Some(app) = TestApp::start(engine).await else { return };
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    jo.browser.visit("/mine/while").await.says("Something to read What a sponsor is");
    jo.browser.page.does_not_say("See where there are meetings");
}

async fn another_address_begins_anew(engine: Engine) {
    let feed = Feed::open(list()).await;
    let Some(app) = start(engine, &feed.policy()).await else { return };
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    assert_eq!(reads(app.ground()).await, Pass::Kept);
    // The same tables under another policy, as after a restart.
    let other = Feed::open(list()).await;
    let policy = show_of_hands::policy::Policy::from_toml(&other.policy()).expect("a policy");
    let ground = Ground { policy: Arc::new(policy), ..app.ground().clone() };
    assert!(show_of_hands::meetings::find(&ground).expect("the store holds").is_none());
    assert_eq!(reads(&ground).await, Pass::Kept);
    assert!(!other.last_asked().contains("if-none-match"));
    // Where TLS is expected, plain words are no answer; and where nobody listens, there is none.
    let closed = TcpListener::bind("127.0.0.1:0").await.and_then(|port| port.local_addr()).expect("a port");
    for address in [format!("https://{}/list.json", other.address), format!("http://{closed}/")] {
        let text = format!("[meetings]\nfeed = \"{address}\"\n");
        let policy = show_of_hands::policy::Policy::from_toml(&text).expect("a policy");
        let ground = Ground { policy: Arc::new(policy), ..app.ground().clone() };
        assert_eq!(reads(&ground).await, Pass::Failed(Failure::Unreachable), "{address}");
    }
    // What was read from the first is gone.
    jo.browser.visit("/mine/while").await.does_not_say("Second Cup");
}
