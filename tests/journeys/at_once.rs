//! Many say yes in the same moment: one wins, nobody is over their capacity, nobody reads an error.

use std::sync::{Arc, Barrier};

use show_of_hands::ground::Ground;
use show_of_hands::requests::{self, Answered, Reply};
use show_of_hands::sponsorships;
use show_of_hands::store::ids::MemberId;
use show_of_hands::vault::Token;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::{TestApp, seed};

on_both_engines!(two_hundred_say_yes_and_one_wins, a_sponsor_says_yes_to_forty_and_has_room_for_two);

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

    let answers = say_yes_at_once(ground, offers.clone());

    assert_eq!(count(&answers, |answer| matches!(answer, Answered::SaidYes(_))), 1);
    assert_eq!(count(&answers, |answer| matches!(answer, Answered::Taken)), 199);
    let pairs: i64 = hands.iter().map(|hand| active(ground, *hand)).sum();
    assert_eq!(pairs, 1);

    // Pressing once more changes nothing, and the winner reads that they won.
    let again = say_yes_at_once(ground, offers);
    assert_eq!(count(&again, |answer| matches!(answer, Answered::SaidYes(_))), 1);
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

    let answers = say_yes_at_once(ground, offers);

    assert_eq!(count(&answers, |answer| matches!(answer, Answered::SaidYes(_))), 2);
    assert_eq!(active(ground, ray), 2);
    let others = count(&answers, |answer| matches!(answer, Answered::NoRoom | Answered::MovedOn));
    assert_eq!(others, 38, "the rest read that there is no room, or that it moved on");
    app.settle().await;
}

/// Everybody presses in the same moment.
fn say_yes_at_once(ground: &Ground, offers: Vec<Token>) -> Vec<Answered> {
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
    ground.store.read(|conn| sponsorships::count_active(conn, sponsor)).expect("a count")
}
