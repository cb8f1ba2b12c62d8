//! Budgets against hammering, in memory only. A network is counted under a keyed hash whose key lasts an hour and is
//! never written down, so that nothing here tells who came. Joining has no budget per network: a whole meeting may
//! share one. Nobody is ever locked out: the answer is a page to wait on.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::HttpRequest;
use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::errors::Error;
use crate::clock::Clock;
use crate::vault::Chance;

/// Tries of a passphrase from one network within 10 minutes: 30 at once, then one every 20 seconds.
const DESK_TRIES: NonZeroU32 = at_least_one(30);
const DESK_REFILL: Duration = Duration::from_secs(20);
/// All visitors of an onion or of this machine look like one network; they share a wider budget.
const LOCAL_FACTOR: NonZeroU32 = at_least_one(10);
/// Costly acts a second, over everybody: a code mailed, a passphrase checked.
const ALL_PER_SECOND: NonZeroU32 = at_least_one(20);
/// A block of SHA-256, so that HMAC takes it as it is (RFC 2104 section 2).
const KEY_BYTES: usize = 64;
const SECONDS_AN_HOUR: i64 = 3_600;

const fn at_least_one(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

type Network = [u8; 32];
type PerNetwork = RateLimiter<Network, DashMapStateStore<Network>, HouseClock, NoOpMiddleware<Duration>>;
type OverAll = RateLimiter<NotKeyed, InMemoryState, HouseClock, NoOpMiddleware<Duration>>;

pub struct Limits {
    clock: HouseClock,
    chance: Chance,
    hour_key: Mutex<(i64, [u8; KEY_BYTES])>,
    desk: PerNetwork,
    local: OverAll,
    all: OverAll,
}

impl Limits {
    pub fn new(clock: Clock, chance: Chance) -> Self {
        let clock = HouseClock(clock);
        let desk = Quota::with_period(DESK_REFILL).unwrap_or(Quota::per_minute(DESK_TRIES)).allow_burst(DESK_TRIES);
        let local = Quota::per_minute(DESK_TRIES.saturating_mul(LOCAL_FACTOR));
        Self {
            desk: RateLimiter::new(desk, DashMapStateStore::default(), clock.clone()),
            local: RateLimiter::direct_with_clock(local, clock.clone()),
            all: RateLimiter::direct_with_clock(Quota::per_second(ALL_PER_SECOND), clock.clone()),
            hour_key: Mutex::new((-1, [0; KEY_BYTES])),
            clock,
            chance,
        }
    }

    /// For each costly act of anybody.
    ///
    /// # Errors
    /// `Wait` with the seconds until there is room.
    pub fn costly(&self) -> Result<(), Error> {
        self.all.check().map_err(|not| wait(not.wait_time_from(self.clock.now())))
    }

    /// For each try of a passphrase, from where it comes.
    ///
    /// # Errors
    /// `Wait` with the seconds until there is room.
    pub fn desk_try(&self, request: &HttpRequest, trusted_proxy: Option<IpAddr>) -> Result<(), Error> {
        self.desk_try_from(origin_of(request, trusted_proxy))
    }

    fn desk_try_from(&self, from: Option<IpAddr>) -> Result<(), Error> {
        let now = self.clock.now();
        match from.filter(|ip| !ip.is_loopback()) {
            Some(ip) => self.desk.check_key(&self.network(ip)).map_err(|not| wait(not.wait_time_from(now))),
            None => self.local.check().map_err(|not| wait(not.wait_time_from(now))),
        }
    }

    /// The network of an address under the key of this hour; a new hour forgets every count.
    fn network(&self, ip: IpAddr) -> Network {
        let hour = self.clock.0.now().0.div_euclid(SECONDS_AN_HOUR);
        let mut held = self.hour_key.lock().unwrap_or_else(PoisonError::into_inner);
        if held.0 != hour {
            *held = (hour, self.chance.bytes());
            self.desk.retain_recent();
        }
        let mut mac = Hmac::<Sha256>::new((&held.1).into());
        mac.update(&prefix(ip));
        mac.finalize().into_bytes().into()
    }
}

fn wait(time: Duration) -> Error {
    Error::Wait(u32::try_from(time.as_secs()).unwrap_or(u32::MAX).saturating_add(1))
}

/// The peer, or whom the trusted proxy names last: earlier names in `X-Forwarded-For` are what the visitor claims.
fn origin_of(request: &HttpRequest, trusted_proxy: Option<IpAddr>) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    if trusted_proxy != Some(peer) {
        return Some(peer);
    }
    let said = request.headers().get_all("x-forwarded-for").last()?.to_str().ok()?;
    said.rsplit(',').next()?.trim().parse().ok()
}

/// /24 of IPv4, /56 of IPv6: what one household or one office usually has.
fn prefix(ip: IpAddr) -> Vec<u8> {
    match ip {
        IpAddr::V4(ip) => ip.octets()[..3].to_vec(),
        IpAddr::V6(ip) => ip.to_ipv4_mapped().map_or_else(|| prefix_v6(ip), |mapped| prefix(IpAddr::V4(mapped))),
    }
}

fn prefix_v6(ip: Ipv6Addr) -> Vec<u8> {
    ip.octets()[..7].to_vec()
}

/// Our clock as the budgets read it: time since 1970, in whole seconds.
#[derive(Clone)]
struct HouseClock(Clock);

impl GovernorClock for HouseClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.0.now().0).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use chrono::TimeDelta;

    use super::*;
    use crate::clock::Timestamp;

    fn limits() -> (Clock, Limits) {
        let clock = Clock::standing_at(Timestamp(1_800_000_000));
        (clock.clone(), Limits::new(clock, Chance::seeded(1)))
    }

    #[test]
    fn the_31st_try_of_a_network_waits_and_another_network_does_not() {
        let (clock, limits) = limits();
        let from = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        for host in 0..30 {
            assert_eq!(limits.desk_try_from(from(&format!("198.51.100.{host}"))), Ok(()));
        }
        assert!(matches!(limits.desk_try_from(from("198.51.100.77")), Err(Error::Wait(1..=30))));
        assert_eq!(limits.desk_try_from(from("198.51.101.1")), Ok(()));
        clock.turn(TimeDelta::minutes(10));
        assert_eq!(limits.desk_try_from(from("198.51.100.77")), Ok(()));
    }

    #[test]
    fn twenty_costly_acts_a_second_then_a_short_wait() {
        let (clock, limits) = limits();
        for _ in 0..20 {
            assert_eq!(limits.costly(), Ok(()));
        }
        assert!(matches!(limits.costly(), Err(Error::Wait(1..=2))));
        clock.turn(TimeDelta::seconds(1));
        assert_eq!(limits.costly(), Ok(()));
    }

    #[test]
    fn only_the_trusted_proxy_may_name_somebody_else() {
        let ask = |peer: &str, proxy: Option<&str>| {
            let request = TestRequest::default()
                .peer_addr(format!("{peer}:4000").parse().unwrap())
                .insert_header(("x-forwarded-for", "203.0.113.9, 192.0.2.7"))
                .to_http_request();
            origin_of(&request, proxy.map(|ip| ip.parse().unwrap())).unwrap().to_string()
        };
        assert_eq!(ask("10.0.0.1", Some("10.0.0.1")), "192.0.2.7");
        assert_eq!(ask("10.0.0.2", Some("10.0.0.1")), "10.0.0.2");
        assert_eq!(ask("10.0.0.1", None), "10.0.0.1");
    }

    #[test]
    fn one_household_is_one_network() {
        let of = |text: &str| prefix(text.parse().unwrap());
        assert_eq!(of("198.51.100.1"), of("198.51.100.200"));
        assert_eq!(of("::ffff:198.51.100.1"), of("198.51.100.1"));
        assert_eq!(of("2001:db8:1:ff00::1"), of("2001:db8:1:ffff::2"));
        assert_ne!(of("2001:db8:1:ff00::1"), of("2001:db8:1:fe00::1"));
    }
}
