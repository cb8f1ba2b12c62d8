//! What asking in waiting order promises, tried in towns so small that every order of arrival, every choice of who fits whom
//! and every answer can be tried, and beside oracles that know nothing of the rules: who fits is drawn, the most that could be
//! served is `kuhn_munkres`, what a run must keep is counted from its offers.

mod runs;
mod town;

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;
use proptest::collection::vec;
use proptest::prelude::*;

use self::town::{By, Edges, Town};
use super::tests::policy;
use super::{Kind, OfferState};
use crate::policy::{Offers, Policy};

/// So many are asked for one request.
fn asking(at_once: u32) -> Policy {
    let policy = policy();
    Policy { offers: Offers { at_once, at_once_later: at_once, ..policy.offers }, ..policy }
}

/// The most requests that could have a place at once.
fn most(edges: &[Vec<bool>], capacities: &[u32]) -> i64 {
    let places = |row: &Vec<bool>| {
        let of_hands = row.iter().zip(capacities).flat_map(|(fits, places)| vec![i64::from(*fits); *places as usize]);
        of_hands.chain(vec![0; edges.len()]).collect::<Vec<i64>>()
    };
    let weights = Matrix::from_rows(edges.iter().map(places)).unwrap();
    kuhn_munkres(&weights).0
}

/// Every choice of who fits whom, with so many requests and hands.
fn every_town(requests: usize, hands: usize) -> impl Iterator<Item = Edges> {
    (0_u32..1 << (requests * hands)).map(move |bits| {
        (0..requests).map(|row| (0..hands).map(|hand| bits >> (row * hands + hand) & 1 == 1).collect()).collect()
    })
}

/// Every order of so many.
fn every_order(many: usize) -> Vec<Vec<usize>> {
    if many == 0 {
        return vec![vec![]];
    }
    let with_last = |order: Vec<usize>| {
        (0..many).map(move |at| {
            let mut order = order.clone();
            order.insert(at, many - 1);
            order
        })
    };
    every_order(many - 1).into_iter().flat_map(with_last).collect()
}

fn number_of(hand: [u8; 16]) -> usize {
    hand[0].into()
}

/// The requests have arrived, one hand was asked for each, and nobody has answered. Says how many were served.
fn keeps_what_waiting_order_gives(town: &mut Town<'_>, edges: &[Vec<bool>], most: i64) -> i64 {
    for place in 0..town.requests.len() {
        let row = &edges[town.requests[place].number];
        assert!(town.of_request(place).all(|offer| row[number_of(offer.hand)]), "asked, and does not fit");
        if town.has_open(place) {
            continue;
        }
        for hand in town.hands.iter().filter(|hand| row[number_of(hand.facts.id)]) {
            assert!(town.is_full(hand.facts.id), "not served, and a hand that fits has room");
            let mut holders = town.offers.iter().filter(|offer| offer.hand == hand.facts.id);
            assert!(holders.all(|offer| offer.request < place), "not served, and who came later has the place");
        }
    }
    let served = i64::try_from(town.offers.len()).unwrap();
    assert!(served <= most && most <= 2 * served, "{served} served of {most}");
    // Everybody says yes: everybody may.
    assert!((0..town.offers.len()).all(|at| town.says_yes(at)));
    assert!(
        town.hands
            .iter()
            .all(|hand| { town.count(hand.facts.id, Kind::Sponsor, OfferState::Accepted) <= hand.facts.capacity })
    );
    served
}

/// The hand that everybody fits is the first to be asked and the only one of some; one has no place at all.
fn awkward() -> (Edges, [u32; 7]) {
    let rows = ["1110000", "1001000", "1000110", "1000000", "0010000", "0001001", "0100010"];
    (rows.map(|row| row.chars().map(|fits| fits == '1').collect()).to_vec(), [1, 1, 0, 1, 1, 2, 1])
}

#[test]
fn every_order_of_arrival_of_seven_is_served_in_that_order() {
    let policy = asking(1);
    let (edges, capacities) = awkward();
    let most = most(&edges, &capacities);
    let orders = every_order(7);
    assert_eq!(orders.len(), 5040);
    let served = orders.iter().map(|order| {
        let mut town = Town::new(&policy, &edges, &capacities, By::Languages);
        town.arrive(order);
        keeps_what_waiting_order_gives(&mut town, &edges, most)
    });
    let served: Vec<i64> = served.collect();
    assert_eq!(served.iter().max(), Some(&most), "an order there is in which nobody loses");
    assert!(served.iter().min() < Some(&most), "the town is awkward");
}

#[test]
fn every_town_of_three_and_of_four_is_served_in_waiting_order() {
    let policy = asking(1);
    for (many, capacities) in [(3, vec![1, 1, 1]), (3, vec![0, 1, 2]), (4, vec![1, 1, 1, 1])] {
        let order: Vec<usize> = (0..many).collect();
        for edges in every_town(many, many) {
            let mut town = Town::new(&policy, &edges, &capacities, By::Hours);
            town.arrive(&order);
            keeps_what_waiting_order_gives(&mut town, &edges, most(&edges, &capacities));
        }
    }
}

prop_compose! {
    /// Up to seven of each, and places for each hand.
    fn any_town()(requests in 1_usize..=7, hands in 1_usize..=7)(
        edges in vec(vec(any::<bool>(), hands), requests), capacities in vec(0_u32..4, hands),
    ) -> (Edges, Vec<u32>) {
        (edges, capacities)
    }
}

proptest! {
    #[test]
    fn any_town_of_up_to_seven_is_served_in_waiting_order(
        (edges, capacities) in any_town(), by in prop_oneof![Just(By::Languages), Just(By::Hours)],
        order in Just((0..7).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let policy = asking(1);
        let mut town = Town::new(&policy, &edges, &capacities, by);
        town.arrive(&order);
        keeps_what_waiting_order_gives(&mut town, &edges, most(&edges, &capacities));
    }
}
