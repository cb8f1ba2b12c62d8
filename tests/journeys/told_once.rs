//! What a writer is told of their own letter, once: something was left out, others got it directly. A phone number that is
//! meant goes by the page, an address never.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{count_mails, jo_and_ray, newest};
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    something_left_out_is_told_once,
    others_in_cc_are_told_once,
    a_number_goes_when_it_is_meant,
    a_former_address_is_looked_for_too,
    a_locked_letter_is_explained,
);

async fn something_left_out_is_told_once(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await;
    for words in ["Call me on 212 555 0147.", "Or write to jo@mail.example."] {
        jo.writes(&app, words).await;
        assert!(ray.newest_letter(&app).text.contains("[left out]"));
    }
    assert_eq!(count_mails(&app, "jo@mail.example", "one thing left out"), 1);
    assert_eq!(count_mails(&app, "ray@post.example", "one thing left out"), 0, "the other learns nothing of it");
}

async fn others_in_cc_are_told_once(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await;
    let alias = jo.newest_letter(&app).sender_address();
    for words in ["Hello you two.", "And again."] {
        let letter = jo.program.letter("jo@mail.example", &alias, "Hello", words);
        let raw = letter.replacen("Subject:", "Cc: Kim <kim@else.example>\r\nSubject:", 1);
        assert!(jo.program.send(&app, "jo@mail.example", &alias, &raw).await.starts_with("250 "));
        app.settle().await;
        let passed = ray.newest_letter(&app);
        assert!(passed.text.contains(words) && !passed.everything().contains("kim@else.example"));
    }
    let told = app.mails_to("jo@mail.example").into_iter().filter(|mail| mail.text.contains("To or Cc")).count();
    assert_eq!(told, 1);

    // The other's real address there is no answer to a guess: it is told like any.
    let (kit, sam) = ("kit@mail.example", "sam@post.example");
    app.seed(|tx, ground| seed::hand(tx, ground, "Sam", sam, 1));
    let kit_asks = Newcomer::asks(&app, "Kit", kit).await;
    Sponsor::of(&app, "Sam Roe", sam).says_yes(&app, None).await;
    let alias = kit_asks.newest_letter(&app).sender_address();
    let letter = kit_asks.program.letter(kit, &alias, "Hello", "Hi");
    let raw = letter.replacen("Subject:", &format!("Cc: {sam}\r\nSubject:"), 1);
    assert!(kit_asks.program.send(&app, kit, &alias, &raw).await.starts_with("250 "));
    app.settle().await;
    assert!(app.mails_to(kit).iter().any(|mail| mail.text.contains("To or Cc")));
    assert!(app.mails_to("kim@else.example").is_empty());
}

async fn a_number_goes_when_it_is_meant(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut jo, ray) = jo_and_ray(&app).await;
    jo.browser.visit("/mine").await;
    let pair = jo.browser.page.pair_path();
    let note = "My number is 212 555 0147, my mail jo@mail.example.";
    jo.browser.visit(&pair).await;
    let before = count_mails(&app, "ray@post.example", "new message");
    jo.browser.fill_and_press(&[("text", note)]).await.says("There is a phone number in your note.");
    jo.browser.page.says("An email address never goes.");
    app.settle().await;
    assert_eq!(count_mails(&app, "ray@post.example", "new message"), before, "nothing goes before the answer");

    jo.browser.press("Leave it out and send", &[]).await.says("On its way to Ray.");
    app.settle().await;
    assert!(ray.newest_letter(&app).text.contains("My number is [left out], my mail [left out]"));

    jo.browser.visit(&pair).await;
    jo.browser.fill_and_press(&[("text", note)]).await;
    jo.browser.press("Yes, send the number too", &[]).await.says("On its way to Ray.");
    app.settle().await;
    let letter = ray.newest_letter(&app);
    assert!(letter.text.contains("212 555 0147") && letter.text.contains("my mail [left out]"), "{}", letter.text);
    assert_eq!(count_mails(&app, "jo@mail.example", "one thing left out"), 0, "the page said it already");
}

async fn a_former_address_is_looked_for_too(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut jo, ray) = jo_and_ray(&app).await;
    jo.opens(&app, "/mine/me").await;
    jo.browser.visit("/mine/me/address").await;
    jo.browser.fill_and_press(&[("email", "jo.new@post.example")]).await;
    app.settle().await;
    let code = app.newest_mail_to("jo.new@post.example").code();
    jo.browser.fill_and_press(&[("code", &code)]).await;
    app.settle().await;
    "jo.new@post.example".clone_into(&mut jo.program.address);
    jo.program
        .reply(&app, &newest(&app, "jo@mail.example", "new message"), "I used to be jo (at) mail dot example.")
        .await;
    app.settle().await;
    let letter = ray.newest_letter(&app);
    assert!(letter.text.contains("I used to be [left out]."), "{}", letter.text);
    // The other side's letters hold it no more than hers.
    ray.writes(&app, "Were you jo at mail dot example before?").await;
    let answer = newest(&app, "jo.new@post.example", "new message");
    assert!(answer.text.contains("Were you [left out] before?"), "{}", answer.text);
}

async fn a_locked_letter_is_explained(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await;
    let (alias, before) = (jo.newest_letter(&app).sender_address(), app.mails_to("ray@post.example").len());
    let letter = jo.program.letter("jo@mail.example", &alias, "Secret", "-----BEGIN PGP MESSAGE-----\r\n\r\nabc");
    assert!(jo.program.send(&app, "jo@mail.example", &alias, &letter).await.starts_with("250 "));
    app.settle().await;
    assert_eq!(app.mails_to(&ray.program.address).len(), before);
    assert!(newest(&app, "jo@mail.example", "your note did not go").text.contains("locked"));
}
