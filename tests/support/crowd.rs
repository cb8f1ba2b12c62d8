//! A town full of hands, put straight into the rows: as many as wanted, of whom four in five are full and were asked longest
//! ago, as those who are asked by nobody become.

use crate::engine::Engine;
use crate::people::{NOON, People};
use crate::tables::Direct;

/// `count` hands that are up, a multiple of five: every fifth has room. All were asked before, so that the engines plan for a
/// town with a past.
pub fn fill(people: &People, engine: Engine, count: u32) {
    let month = NOON.month().0;
    let (now, lease_ends_at) = (NOON.0, NOON.0 + 30 * 86_400);
    // The two dialects differ in how a row is counted and a number becomes bytes.
    let (numbers, id, digest, yes, no) = match engine {
        Engine::Sqlite => (
            format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"),
            "CAST(printf('%016d', i) AS BLOB)",
            "CAST(printf('%032d', i) AS BLOB)",
            "1",
            "0",
        ),
        Engine::Postgres => (
            format!("WITH n (i) AS (SELECT generate_series(1, {count}))"),
            "convert_to(lpad(i::text, 16, '0'), 'UTF8')",
            "convert_to(lpad(i::text, 32, '0'), 'UTF8')",
            "TRUE",
            "FALSE",
        ),
    };
    // Whoever asked for all of them once.
    let zero = |of: &str| of.replace("d', i)", "d', 0)").replace("i::text", "'0'");
    let (newcomer, newcomers) = (zero(id), zero(digest));
    // Who is full has the next one as a sponsee.
    let next = id.replace("d', i)", "d', i + 1)").replace("i::text", "(i + 1)::text");
    let member = |id: &str, digest: &str| {
        format!("{id}, 'Ray', {digest}, {digest}, {digest}, 'river', 'en', 0, {month}, {month}, 1, {month}")
    };
    let columns = "id, first_name, address, address_index, memory_hash, check_word, language, utc_offset_min, made_month, \
                   active_month, terms_version, terms_month";
    let direct = || Direct::to(people.database.url());
    direct().run(&format!("INSERT INTO members ({columns}) VALUES ({})", member(&newcomer, &newcomers)));
    direct().run(&format!("{numbers} INSERT INTO members ({columns}) SELECT {} FROM n", member(id, digest)));
    // Each was asked once, for a request of long ago, and said no: who is full now longest ago. Places are counted as the hands
    // are put up, so what they hold comes before them.
    direct().run(&format!(
        "INSERT INTO requests (id, member, state, short, placed_at, waiting_since, languages, first_language, accepts,
             accepts_must, describes, parts, hours, next_look_at)
         VALUES ({newcomer}, {newcomer}, 'matched', 'ABC', 0, 0, 1, 1, 131071, {no}, 65536, 0, 4398046511103, 0)"
    ));
    direct().run(&format!(
        "{numbers} INSERT INTO offers (id, request, hand, state, token, made_at, lapses_at, suggested)
         SELECT {id}, {newcomer}, {id}, 'declined', {digest},
             {now} - 86400 * CASE WHEN i % 5 <> 0 THEN 90 ELSE 20 END, {now} - 86400, {no} FROM n"
    ));
    direct().run(&format!(
        "{numbers} INSERT INTO sponsorships (id, sponsor, sponsee, state, reference, introduced_at)
         SELECT {id}, {id}, {next}, 'live', 'of ' || i, {now} FROM n WHERE i % 5 <> 0"
    ));
    // One in five speaks the second language, one in ten alone.
    direct().run(&format!(
        "{numbers} INSERT INTO hands (member, state, capacity, weekly_limit, rhythm, ask_at_night, languages, describes,
             accepts, parts, hours, lease_ends_at, tie, promise_version, promise_month, vouched_on)
         SELECT {id}, 'up', 1, 7, 'weekly', {yes},
             CASE WHEN i / 5 % 10 = 0 THEN 2 WHEN i / 5 % 10 = 1 THEN 3 ELSE 1 END,
             CASE WHEN i % 3 = 0 THEN 1 ELSE 2 END, 131071, 1, 4398046511103, {lease_ends_at}, i, 1, {month}, 1 FROM n"
    ));
    if engine == Engine::Postgres {
        direct().run("ANALYZE"); // as its own autovacuum does
    }
}
