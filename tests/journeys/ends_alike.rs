//! Ended, blocked for good and erased: to the other side the three are one, byte for byte, on their page, by mail and at the
//! mail port. The page of the pair itself goes with an erasure; before that, an end and a block are one there too.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::TestApp;
use crate::support::people::{jo_and_ray, newest};
use crate::support::smtp::Smtp;

on_both_engines!(the_other_side_cannot_tell_how_it_ended);

#[derive(Clone, Copy, Debug)]
enum End {
    JustStop,
    ForGood,
    Erased,
}

/// What the sponsor can see of an end.
#[derive(PartialEq, Eq, Debug)]
struct Seen {
    mail: String,
    page: String,
    rcpt: String,
    data: String,
    told: String,
}

async fn the_other_side_cannot_tell_how_it_ended(engine: Engine) {
    let mut seen = Vec::new();
    for how in [End::JustStop, End::ForGood, End::Erased] {
        let Some(one) = sees(engine, how).await else { return };
        seen.push(one);
    }
    assert_eq!(seen[0], seen[1], "for good");
    assert_eq!(seen[0].0, seen[2].0, "erased");
}

/// And the page of the pair.
async fn sees(engine: Engine, how: End) -> Option<(Seen, String)> {
    let app = TestApp::start(engine).await?;
    let (mut jo, mut ray) = jo_and_ray(&app).await;
    jo.writes(&app, "Hello Ray").await;
    let letter = ray.newest_letter(&app);
    ray.opens(&app, "/mine").await;
    let path = ray.browser.page.links().into_iter().find(|link| link.contains("/mine/with/")).expect("the pair's page");

    jo.opens(&app, "/mine").await;
    match how {
        End::JustStop | End::ForGood => {
            let pair = jo.browser.page.links().into_iter().find(|link| link.contains("/mine/with/")).expect("a pair");
            jo.browser.visit(&format!("{pair}/end")).await;
            let button = if matches!(how, End::ForGood) { "Stop contact for good" } else { "Just stop" };
            jo.browser.press(button, &[]).await;
        }
        End::Erased => {
            jo.browser.visit("/mine/delete").await;
            jo.browser.press("Continue", &[]).await;
            app.settle().await;
            let code = jo.newest_mail(&app).code();
            jo.browser.press("Delete it all", &[("code", &code)]).await.says("It is gone");
        }
    }
    app.settle().await;

    let mail = newest(&app, "ray@post.example", "a change").text;
    // The text: what else there is differs by chance, as the token of a form does.
    let page = ray.browser.visit("/mine").await.text();
    let pair_page = ray.browser.visit(&path).await.text();
    let mut peer = Smtp::connect(app.mail_in).await;
    peer.say("HELO post.example").await;
    peer.say("MAIL FROM:<ray@post.example>").await;
    let rcpt = peer.say(&format!("RCPT TO:<{}>", letter.sender_address())).await;
    peer.say("QUIT").await;
    let data = ray.program.reply(&app, &letter, "Are you there?").await;
    app.settle().await;
    let told = newest(&app, "ray@post.example", "your note did not go").text;
    Some((Seen { mail, page, rcpt, data, told }, pair_page))
}
