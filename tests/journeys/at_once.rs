//! Many say yes in the same moment: one wins, nobody is over their capacity, nobody reads an error.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};

use diesel::prelude::*;
use reqwest::Method;
use show_of_hands::ground::Ground;
use show_of_hands::matching::Kind;
use show_of_hands::outbox::{self, About, PageLetter};
use show_of_hands::requests::{self, Answered, Reply};
use show_of_hands::sponsorships;
use show_of_hands::store::ids::{MemberId, SponsorshipId};
use show_of_hands::store::schema::{outbox as outbox_rows, sponsorships as sponsorship_rows};
use show_of_hands::vault::Token;
use tokio::task::JoinSet;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::jo_and_ray;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    four_offers_are_pressed_fifty_times_each,
    two_hundred_say_yes_and_one_wins,
    a_sponsor_says_yes_to_forty_and_has_room_for_two,
    a_block_and_a_send_meet_many_times,
);

/// No send begins after the commit of a block: whoever takes the row to send it took it before. Each turn starts the one
/// a little earlier that lost the last, so they meet where it is close, on a machine of any speed. A thousand times
/// with `TEST_LONG` set.
async fn a_block_and_a_send_meet_many_times(engine: Engine) {
    let Some(mut app) = TestApp::start(engine).await else { return };
    app.may_leave_mail();
    let (mut jo, _) = jo_and_ray(&app).await;
    jo.opens(&app, "/mine").await;
    let page = jo.browser.page.pair_path();
    let reference = page.rsplit('/').next().expect("a reference").to_owned();
    let ground = app.ground();
    let (id, jo, ray): (SponsorshipId, MemberId, MemberId) = app.seed(|tx, _| {
        let pair = sponsorship_rows::table;
        pair.select((sponsorship_rows::id, sponsorship_rows::sponsee, sponsorship_rows::sponsor))
            .first(tx.conn())
            .expect("a pair")
    });
    let (mut sent, mut withdrawn) = (0, 0);
    // How long the send waits for the block, or the block for the send where negative, in spins of some 50 ns.
    let mut head_start: i32 = 0;
    let turns: u32 = if std::env::var_os("TEST_LONG").is_some() { 1_000 } else { 200 };
    for turn in 0..turns {
        app.seed(|tx, ground| {
            diesel::delete(outbox_rows::table).execute(tx.conn()).expect("an empty outbox");
            diesel::update(sponsorship_rows::table.find(id))
                .set(sponsorship_rows::state.eq("live"))
                .execute(tx.conn())
                .expect("a live pair");
            let about = About { sponsorship: Some(id), writer: Some(ray), ..About::default() };
            let letter = PageLetter { text: "A letter on its way", numbers_pass: false };
            outbox::push_letter(tx, ground, jo, about, &letter).expect("a letter that waits");
        });
        let (barrier, is_blocked) = (Barrier::new(2), AtomicBool::new(false));
        let (began_after, taken) = std::thread::scope(|scope| {
            scope.spawn(|| {
                barrier.wait();
                (head_start..0).for_each(|_| std::hint::spin_loop());
                assert!(sponsorships::block(ground, jo, &reference).expect("a block"));
                is_blocked.store(true, Ordering::SeqCst);
            });
            let sends = scope.spawn(|| {
                barrier.wait();
                (0..head_start).for_each(|_| std::hint::spin_loop());
                let began_after = is_blocked.load(Ordering::SeqCst);
                let rows = outbox::claim(ground, 10).expect("an answer");
                (began_after, rows.iter().any(|row| row.kind == outbox::Kind::Letter))
            });
            sends.join().expect("a mailer")
        });
        assert!(!(began_after && taken), "turn {turn}: a send began after the block");
        head_start += if taken { 4_000 } else { -4_000 };
        sent += usize::from(taken);
        withdrawn += usize::from(!taken);
    }
    assert!(sent > 10 && withdrawn > 10, "they met in both orders: {sent} sent, {withdrawn} withdrawn");
}

async fn two_hundred_say_yes_and_one_wins(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let ground = app.ground();
    let (hands, offers): (Vec<MemberId>, Vec<Token>) = app.seed(|tx, ground| {
        let request = seed::request(tx, ground, "Jo", "jo@mail.example");
        let asked = (0..200).map(|n| {
            let hand = seed::hand(tx, ground, "Ray", &format!("ray{n}@post.example"), 1);
            (hand, seed::offer(tx, ground, request, hand))
        });
        asked.unzip()
    });

    let answers = say_yes_at_once(ground, &offers);

    assert_eq!(count(&answers, |answer| matches!(answer, Answered::SaidYes(_))), 1);
    assert_eq!(count(&answers, |answer| matches!(answer, Answered::Taken)), 199);
    let pairs: i64 = hands.iter().map(|hand| active(ground, *hand)).sum();
    assert_eq!(pairs, 1);

    // Pressing once more changes nothing, and the winner reads that they won.
    let won = answers.iter().position(|answer| matches!(answer, Answered::SaidYes(_))).expect("a winner");
    let again = say_yes_at_once(ground, &vec![offers[won].clone(); 40]);
    assert_eq!(count(&again, |answer| matches!(answer, Answered::SaidYes(_))), 40);
    assert_eq!(hands.iter().map(|hand| active(ground, *hand)).sum::<i64>(), 1);
    app.settle().await;
    assert_eq!(app.mails_to("jo@mail.example").len(), 1, "one hello, of the one who won");
}

async fn a_sponsor_says_yes_to_forty_and_has_room_for_two(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let ground = app.ground();
    let (ray, offers): (MemberId, Vec<Token>) = app.seed(|tx, ground| {
        let ray = seed::hand(tx, ground, "Ray", "ray@post.example", 2);
        let asked = (0..40).map(|n| {
            let request = seed::request(tx, ground, "Jo", &format!("jo{n}@mail.example"));
            seed::offer(tx, ground, request, ray)
        });
        (ray, asked.collect())
    });

    let answers = say_yes_at_once(ground, &offers);

    assert_eq!(count(&answers, |answer| matches!(answer, Answered::SaidYes(_))), 2);
    assert_eq!(active(ground, ray), 2);
    let others = count(&answers, |answer| matches!(answer, Answered::NoRoom | Answered::MovedOn));
    assert_eq!(others, 38, "the rest read that there is no room, or that it moved on");
    app.settle().await;
}

/// Everybody presses in the same moment.
fn say_yes_at_once(ground: &Ground, offers: &[Token]) -> Vec<Answered> {
    // As many at a time as a busy server has threads; each waits for all others before it presses.
    const HANDS: usize = 20;
    let gate = Arc::new(Barrier::new(HANDS));
    std::thread::scope(|scope| {
        let threads: Vec<_> = offers
            .chunks(offers.len().div_ceil(HANDS))
            .map(|mine| {
                let gate = Arc::clone(&gate);
                scope.spawn(move || {
                    gate.wait();
                    mine.iter()
                        .map(|token| {
                            let yes = Reply::Yes { hello: "I can write this evening.".to_owned() };
                            requests::answer(ground, token, &yes).expect("an answer")
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    })
}

fn count(answers: &[Answered], is_so: impl Fn(&Answered) -> bool) -> usize {
    answers.iter().filter(|answer| is_so(answer)).count()
}

fn active(ground: &Ground, sponsor: MemberId) -> i64 {
    ground.store.read(|conn| sponsorships::count_active(conn, sponsor, Kind::Sponsor)).expect("a count")
}

async fn four_offers_are_pressed_fifty_times_each(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| {
        for n in 0..4 {
            seed::hand(tx, ground, "Ray", &format!("ray{n}@post.example"), 1);
        }
    });
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    let mut sponsors: Vec<Sponsor> =
        (0..4).map(|n| Sponsor::of(&app, "Ray Oyelaran", &format!("ray{n}@post.example"))).collect();

    let mut forms = Vec::new();
    for sponsor in &mut sponsors {
        forms.push(sponsor.opens_offer(&app).await.fill(Some("Yes, and say hello"), &[]));
    }
    let mut presses = JoinSet::new();
    for _ in 0..50 {
        for (sponsor, form) in sponsors.iter().zip(&forms) {
            let press = sponsor.browser.request(Method::POST, &form.action, Some(&form.fields)).send();
            presses.spawn(async move {
                let answer = press.await.expect("an answer");
                (answer.status().as_u16(), answer.text().await.expect("a page"))
            });
        }
    }
    let answers = presses.join_all().await;

    let winners = answers.iter().filter(|(status, _)| *status == 303).count();
    assert_eq!(winners, 50, "each press of the one who won leads to the page that says so");
    for (status, page) in answers.iter().filter(|(status, _)| *status != 303) {
        assert!(matches!(status, 200 | 409), "{status}: {page}");
        assert!(page.contains("Someone already said yes, thank you."), "{status}: {page}");
    }
    app.settle().await;
    let mut said_yes = 0;
    for sponsor in &mut sponsors {
        said_yes += usize::from(sponsor.opens_offer(&app).await.text().contains("You said yes."));
    }
    assert_eq!(said_yes, 1);
    let hellos = app.mails_to("jo@mail.example").iter().filter(|mail| mail.subject.ends_with("new message")).count();
    assert_eq!(hellos, 1);
}
