//! Ended, blocked for good and erased: to the other side the three are one, byte for byte, on their pages, by mail and at the
//! mail port, whichever of the two it is.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::TestApp;
use crate::support::browser::{Browser, path_of};
use crate::support::people::{jo_and_ray, newest};
use crate::support::smtp::{MailProgram, Smtp};

on_both_engines!(a_sponsor_cannot_tell_how_it_ended, a_newcomer_cannot_tell_how_it_ended);

#[derive(Clone, Copy, Debug)]
enum End {
    JustStop,
    ForGood,
    Erased,
}

const ALL: [End; 3] = [End::JustStop, End::ForGood, End::Erased];

/// What the other can see of an end. Of pages the text: what else there is differs by chance, as the token of a form does.
#[derive(PartialEq, Eq, Debug)]
struct Seen {
    mail: String,
    pages: Vec<(u16, String)>,
    rcpt: String,
    data: String,
    told: String,
}

async fn a_sponsor_cannot_tell_how_it_ended(engine: Engine) {
    let mut seen = Vec::new();
    for how in ALL {
        let Some(app) = TestApp::start(engine).await else { return };
        let (mut jo, mut ray) = jo_and_ray(&app).await;
        jo.writes(&app, "Hello Ray").await;
        ray.opens(&app, "/mine").await;
        let pair = ray.browser.page.pair_path();
        let jos = jo.opens_pair(&app).await;
        ends(&app, (&mut jo.browser, "jo@mail.example"), &jos, ("Just stop", how)).await;
        seen.push(sees(&app, (&mut ray.browser, &ray.program), &pair).await);
    }
    assert_eq!(seen[0], seen[1], "for good");
    assert_eq!(seen[0], seen[2], "erased");
}

async fn a_newcomer_cannot_tell_how_it_ended(engine: Engine) {
    let mut seen = Vec::new();
    for how in ALL {
        let Some(app) = TestApp::start(engine).await else { return };
        let (mut jo, mut ray) = jo_and_ray(&app).await;
        let pair = jo.opens_pair(&app).await;
        ray.opens(&app, "/mine").await;
        let rays = ray.browser.page.pair_path();
        ends(&app, (&mut ray.browser, "ray@post.example"), &rays, ("End the contact", how)).await;
        seen.push(sees(&app, (&mut jo.browser, &jo.program), &pair).await);
        // And asks on from the same place.
        jo.browser.visit("/mine").await;
        jo.browser.press("Find me someone else", &[]).await.says("Your request is in");
        app.settle().await;
    }
    assert_eq!(seen[0], seen[1], "for good");
    assert_eq!(seen[0], seen[2], "erased");
}

/// One of the two ends it; `stop`: the button for an end without more.
async fn ends(app: &TestApp, (browser, address): (&mut Browser, &str), pair: &str, (stop, how): (&str, End)) {
    match how {
        End::JustStop | End::ForGood => {
            browser.visit(&format!("{pair}/end")).await;
            let button = if matches!(how, End::ForGood) { "Stop contact for good" } else { stop };
            browser.press(button, &[]).await;
        }
        End::Erased => {
            browser.visit("/mine/delete").await;
            browser.press("Continue", &[]).await;
            app.settle().await;
            let code = app.newest_mail_to(address).code();
            browser.press("Delete it all", &[("code", &code)]).await.says("It is gone");
        }
    }
    app.settle().await;
}

async fn sees(app: &TestApp, (browser, program): (&mut Browser, &MailProgram), pair: &str) -> Seen {
    let address = &program.address;
    let letter = newest(app, address, "new message");
    let mail = newest(app, address, "a change");
    let link = mail.text.contains("/q/").then(|| path_of(&mail.link()).to_owned());
    let paths = ["/mine".to_owned(), pair.to_owned(), format!("{pair}/end")].into_iter().chain(link.clone());
    let mut pages = Vec::new();
    for path in paths {
        let page = browser.visit(&path).await;
        pages.push((page.status, page.text()));
    }
    assert!(pages[1].1.contains("This contact has ended") && pages[1] == pages[2], "{pages:?}");

    let mut peer = Smtp::connect(app.mail_in).await;
    peer.say(&format!("MAIL FROM:<{address}>")).await;
    let rcpt = peer.say(&format!("RCPT TO:<{}>", letter.sender_address())).await;
    peer.say("QUIT").await;
    let data = program.reply(app, &letter, "Are you there?").await;
    app.settle().await;
    let told = newest(app, address, "your note did not go").text;
    // The token of a question is drawn anew for each mail.
    let mail = link.map_or(mail.text.clone(), |link| mail.text.replace(&link, "/q/…"));
    Seen { mail, pages, rcpt, data, told }
}
