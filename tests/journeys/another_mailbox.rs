//! A relay address is no right: a letter from another mailbox goes nowhere, and whoever owns the contact hears of it.

use diesel::prelude::*;
use show_of_hands::sponsorships::{alias_hash, alias_place};
use show_of_hands::store::schema::aliases;
use show_of_hands::vault::Token;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::jo_and_ray;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    letters_from_another_mailbox_stay_here,
    a_forged_sender_is_turned_away,
    one_mailbox_has_many_spellings,
    a_pair_whose_addresses_do_not_know_each_other_writes_on,
);

async fn letters_from_another_mailbox_stay_here(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    let letters = app.mails_to("ray@post.example").len();

    for words in ["From my work mail", "And once more"] {
        let answer = jo.program.reply_from(&app, "jo@work.example", &jo.newest_letter(&app), words).await;
        app.settle().await;
        assert_eq!(answer, "550 5.1.1 Address unavailable");
    }

    assert_eq!(app.mails_to("ray@post.example").len(), letters);
    assert!(app.mails_to("jo@work.example").is_empty(), "strangers never get a mail of ours");
    let told =
        app.mails_to("jo@mail.example").iter().filter(|mail| mail.subject.ends_with("your note did not go")).count();
    assert_eq!(told, 1, "once a day");
    jo.browser.visit("/mine").await;
    let pair = jo.browser.page.pair_path();
    jo.browser.visit(&pair).await.says("A letter came from another mailbox and did not go.");
    // The box on the same page is the other way.
    jo.browser.fill_and_press(&[("text", "Here I am.")]).await.says("On its way to Ray.");
    app.settle().await;
    assert!(ray.newest_letter(&app).text.contains("Here I am."));
}

async fn a_forged_sender_is_turned_away(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    let (letters, alias) = (app.mails_to("ray@post.example").len(), jo.newest_letter(&app).sender_address());

    // Her domain says that this machine may not send for it.
    app.dns.add_txt("mail.example", "v=spf1 ip4:192.0.2.1 -all");
    let raw = jo.program.letter("jo@mail.example", &alias, "Hello", "Send me money");
    assert_eq!(jo.program.send(&app, "jo@mail.example", &alias, &raw).await, "550 5.1.1 Address unavailable");
    // A stranger's envelope under her name is no better.
    assert_eq!(jo.program.send(&app, "eve@evil.example", &alias, &raw).await, "550 5.1.1 Address unavailable");
    app.settle().await;
    assert_eq!(app.mails_to("ray@post.example").len(), letters);

    // No answer of the name server is no proof either way: the peer keeps the letter.
    app.dns.set_failing(true);
    let answer = jo.program.send(&app, "jo@mail.example", &alias, &raw).await;
    assert!(answer.starts_with("451 "), "{answer}");
    app.settle().await;
}

/// The mail program writes the address in capitals: it is hers, and taken out in every spelling all the same.
async fn one_mailbox_has_many_spellings(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await;
    let (from, alias) = ("JO@Mail.Example", jo.newest_letter(&app).sender_address());
    let letter = jo.program.letter(from, &alias, "Hello", "I am jo (at) mail dot example.");
    assert!(jo.program.send(&app, from, &alias, &letter).await.starts_with("250 "));
    app.settle().await;
    let passed = ray.newest_letter(&app);
    assert!(passed.text.contains("I am [left out]."), "{}", passed.text);
    assert!(!passed.everything().to_lowercase().contains("jo@mail"), "{}", passed.everything());
}

/// As those made before one could be told from the other.
async fn a_pair_whose_addresses_do_not_know_each_other_writes_on(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await;
    let older = app.seed(|tx, ground| {
        let local_part = Token::draw(&ground.chance).text();
        let hash = alias_hash(&ground.vault, &local_part);
        let sealed = ground.vault.seal_bytes_to_mailer(alias_place(&hash), local_part.as_bytes(), &ground.chance);
        let of_jo =
            alias_hash(&ground.vault, jo.newest_letter(&app).sender_address().split('@').next().expect("a local part"));
        diesel::update(aliases::table.filter(aliases::hash.ne(of_jo)))
            .set((aliases::hash.eq(hash), aliases::sealed.eq(sealed.expect("sealed"))))
            .execute(tx.conn())
            .expect("an address");
        format!("{local_part}@hands.example")
    });
    jo.writes(&app, "Are you there?").await;
    assert_eq!(ray.newest_letter(&app).sender_address(), older);
    ray.writes(&app, "I am.").await;
    assert!(jo.newest_letter(&app).text.contains("I am."));
}
