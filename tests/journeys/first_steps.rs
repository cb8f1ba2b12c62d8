//! A new desk takes its first steps: a test mail goes out and its answer comes in, the numbers are read, somebody is on
//! duty, the sheet is printed. What one coordinator does is done for all; what does not fit is skipped.

use show_of_hands::desk;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{count_mails, newest};
use crate::support::smtp::MailProgram;
use crate::support::{Coordinator, TestApp};

on_both_engines!(
    a_test_mail_goes_out_and_its_answer_comes_in,
    only_an_answer_to_the_test_mail_shows_that_mail_comes_in,
    what_one_does_is_done_for_all,
    all_is_skipped_on_a_phone_in_spanish,
);

const KIM: &str = "kim@desk.example";
const LOU: &str = "lou@desk.example";
const START: &str = "/desk/start";
const TEST: &str = "one question";

fn open_steps(app: &TestApp) -> usize {
    desk::count_open_steps(app.ground()).expect("a count")
}

/// The digits a person reads in the newest test mail.
fn digits(app: &TestApp, address: &str) -> String {
    let text = newest(app, address, TEST).text;
    text.lines().next().expect("a first line").trim().to_owned()
}

async fn sends_test(app: &TestApp, who: &mut Coordinator) {
    who.browser.visit(START).await;
    who.browser.press("test mail", &[]).await.says("Did it arrive?");
    app.settle().await;
}

async fn a_test_mail_goes_out_and_its_answer_comes_in(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", KIM).await;
    kim.browser.visit(START).await.says("5 steps are open.");
    kim.browser.page.says("Mail goes out Not started");
    sends_test(&app, &mut kim).await;
    kim.browser.page.says("Mail goes out Needs you");
    kim.browser.page.says("Mail comes in Needs you");
    assert_eq!(open_steps(&app), 5);

    kim.browser.press("It arrived", &[("code", "1234")]).await.says("These are not the digits of the test mail.");
    kim.browser.press("It arrived", &[("code", "0000 0001")]).await.says("These are not the digits of the test mail.");
    kim.browser.page.says("Mail goes out Needs you");
    let digits = digits(&app, KIM);
    assert_eq!(kim.browser.press("It arrived", &[("code", &digits)]).await.path, START);
    kim.browser.page.says("Mail goes out Done on 24 November");
    kim.browser.page.says("Mail comes in Needs you");
    assert_eq!(open_steps(&app), 4);

    let program = MailProgram::new("Kim Aster", KIM);
    let mail = newest(&app, KIM, TEST);
    assert!(program.reply(&app, &mail, "Here I am").await.starts_with("250 "));
    app.settle().await;
    kim.browser.follow("Look again").await.says("Mail comes in Done on 24 November");
    assert_eq!(count_mails(&app, KIM, "your note did not go"), 0, "it did what it was for");
    assert_eq!(open_steps(&app), 3);
    kim.browser.page.does_not_say("Send one more test mail");
}

async fn only_an_answer_to_the_test_mail_shows_that_mail_comes_in(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", KIM).await;
    sends_test(&app, &mut kim).await;
    let mail = newest(&app, KIM, TEST);
    let note = mail.sender_address();
    let program = MailProgram::new("Kim Aster", KIM);
    let is_open = |page: &crate::support::browser::Page| page.says("Mail comes in Needs you");

    // Something else to the same address, and somebody else who answers what was not theirs.
    let raw = program.letter(KIM, &note, "Hello", "Is anybody here?");
    assert!(program.send(&app, KIM, &note, &raw).await.starts_with("250 "));
    Coordinator::enrols(&app, "Lou", LOU).await;
    MailProgram::new("Lou Birch", LOU).reply(&app, &mail, "Here I am").await;
    // What a machine answers by itself is no answer.
    let raw = program.letter(KIM, &note, "Away", "I am away.").replacen(
        "MIME-Version",
        "Auto-Submitted: auto-replied\r\nMIME-Version",
        1,
    );
    let raw = raw.replacen("MIME-Version", &format!("In-Reply-To: {}\r\nMIME-Version", mail.header("Message-ID")), 1);
    assert!(program.send(&app, KIM, &note, &raw).await.starts_with("250 "));
    app.settle().await;
    is_open(kim.browser.visit(START).await);

    // An answer alone shows both ways.
    program.reply(&app, &mail, "Here I am").await;
    app.settle().await;
    kim.browser.visit(START).await.says("Mail comes in Done on 24 November");
    kim.browser.page.says("Mail goes out Done on 24 November");
}

async fn what_one_does_is_done_for_all(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", KIM).await;
    let mut lou = Coordinator::enrols(&app, "Lou", LOU).await;
    sends_test(&app, &mut kim).await;
    lou.browser.visit(START).await.says("Mail goes out Needs you");
    lou.browser.press("It arrived", &[("code", &digits(&app, KIM))]).await.says("Mail goes out Done on");
    kim.browser.visit(START).await.says("Mail goes out Done on");

    kim.browser.page.says("These numbers were last checked in");
    assert!(kim.browser.page.links().contains(&"/help".to_owned()));
    kim.browser.press("I have read them", &[]).await.says("Numbers to call Done on 24 November");
    kim.browser.press("Skip The first sheet", &[]).await.says("The first sheet Skipped on 24 November");
    app.turn("+10 min").await;
    lou.browser.visit(START).await.says("2 steps are open.");
    lou.browser.press("Printed", &[]).await.says("The first sheet Done on 24 November");
    lou.browser.press("Skip Mail comes in", &[]).await.says("1 step is open.");
    lou.browser.follow("Take a week").await;
    lou.browser.press("I take next week", &[]).await;
    assert_eq!(open_steps(&app), 0);
    kim.browser.visit(START).await.says("Who is on duty Done on 24 November");
    kim.browser.page.says("All of this is done or skipped.");
    // What was skipped may still be done: the test mail can be sent, and answered.
    sends_test(&app, &mut kim).await;
    MailProgram::new("Kim Aster", KIM).reply(&app, &newest(&app, KIM, TEST), "Here I am").await;
    app.settle().await;
    kim.browser.visit(START).await.says("Mail comes in Done on");
    kim.browser.page.does_not_say("Send one more test mail");
}

async fn all_is_skipped_on_a_phone_in_spanish(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", KIM).await;
    kim.browser.visit("/es/desk/start").await.says("Quedan 5 pasos.");
    kim.browser.press("Enviarme un correo de prueba", &[]).await.says("El correo sale Te necesita");
    app.settle().await;
    for step in ["El correo sale", "El correo entra", "Números para llamar", "Quién está de turno", "La primera hoja"]
    {
        kim.browser.press(&format!("Saltar {step}"), &[]).await.says(&format!("{step} Saltado el 24 de noviembre"));
    }
    kim.browser.page.says("Todo esto está hecho o saltado.");
    assert_eq!(open_steps(&app), 0);
    kim.browser.press("Llegó", &[("code", &digits(&app, KIM))]).await.says("El correo sale Hecho el 24 de noviembre");
}
