//! The tables as diesel sees them. `tests/schema.rs` compares it with what the migrations of each engine make.

diesel::table! {
    meta (name) {
        name -> Text,
        value -> Binary,
    }
}

diesel::table! {
    members (id) {
        id -> Binary,
        first_name -> Text,
        address -> Binary,
        address_index -> Binary,
        memory_hash -> Binary,
        check_word -> Text,
        language -> Text,
        utc_offset_min -> Integer,
        made_month -> Integer,
        active_month -> Integer,
        terms_version -> Integer,
        terms_month -> Integer,
        last_timer_at -> Nullable<BigInt>,
        bounced_on -> Nullable<Integer>,
        mail_stopped -> Nullable<Text>,
    }
}

diesel::table! {
    joins (id) {
        id -> Binary,
        door -> Text,
        browser -> Binary,
        address -> Binary,
        address_index -> Binary,
        memory_hash -> Binary,
        check_word -> Text,
        language -> Text,
        utc_offset_min -> Integer,
        code_mac -> Binary,
        tries_left -> Integer,
        made_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        draft -> Nullable<Binary>,
    }
}

diesel::table! {
    sessions (token) {
        token -> Binary,
        member -> Binary,
        door -> Text,
        made_at -> BigInt,
        ends_at -> BigInt,
    }
}

diesel::table! {
    coordinators (member) {
        member -> Binary,
        passphrase -> Text,
        totp -> Binary,
        totp_step -> Nullable<BigInt>,
        made_month -> Integer,
        term_ends_on -> Nullable<Integer>,
        told_waiting_at -> Nullable<BigInt>,
        told_letters_at -> Nullable<BigInt>,
        told_reports_at -> Nullable<BigInt>,
        marked_on -> Nullable<Integer>,
        counted_on -> Nullable<Integer>,
    }
}

diesel::table! {
    invitations (token) {
        token -> Binary,
        kind -> Text,
        made_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        made_by -> Nullable<Binary>,
    }
}

diesel::table! {
    hands (member) {
        member -> Binary,
        state -> Text,
        capacity -> Integer,
        weekly_limit -> Integer,
        rhythm -> Text,
        ask_at_night -> Bool,
        languages -> BigInt,
        describes -> BigInt,
        accepts -> BigInt,
        parts -> Integer,
        hours -> BigInt,
        paused_until -> Nullable<BigInt>,
        lease_ends_at -> BigInt,
        tie -> BigInt,
        promise_version -> Integer,
        promise_month -> Integer,
        vouched_by -> Nullable<Binary>,
        reminders -> Integer,
        writes_for_now -> Bool,
        vouched_on -> Nullable<Integer>,
        raised_on -> Nullable<Integer>,
        suspended_until -> Nullable<Integer>,
        walked_with -> BigInt,
        shows_walked_with -> Bool,
        ok_with_medicine -> Nullable<Bool>,
    }
}

diesel::table! {
    requests (id) {
        id -> Binary,
        member -> Binary,
        state -> Text,
        short -> Text,
        placed_at -> BigInt,
        waiting_since -> BigInt,
        languages -> BigInt,
        first_language -> BigInt,
        accepts -> BigInt,
        accepts_must -> Bool,
        describes -> BigInt,
        parts -> Integer,
        hours -> BigInt,
        note -> Nullable<Binary>,
        next_look_at -> BigInt,
        closed_at -> Nullable<BigInt>,
        updates -> Integer,
        kind -> Text,
        walked_with -> BigInt,
        ok_with_medicine -> Bool,
        not_before -> Nullable<BigInt>,
        postpone_reason -> Nullable<Text>,
    }
}

diesel::table! {
    looked_after (request) {
        request -> Binary,
        member -> Binary,
    }
}

diesel::table! {
    offers (id) {
        id -> Binary,
        request -> Binary,
        hand -> Binary,
        state -> Text,
        token -> Binary,
        made_at -> BigInt,
        lapses_at -> BigInt,
        answered_at -> Nullable<BigInt>,
        suggested -> Bool,
        kind -> Text,
    }
}

diesel::table! {
    places (hand) {
        hand -> Binary,
        turn -> BigInt,
        room -> BigInt,
        has_room -> Bool,
        has_room_for_now -> Bool,
        languages -> BigInt,
        hours -> BigInt,
        accepts -> BigInt,
        describes -> BigInt,
    }
}

diesel::table! {
    sponsorships (id) {
        id -> Binary,
        request -> Nullable<Binary>,
        sponsor -> Binary,
        sponsee -> Binary,
        state -> Text,
        reference -> Text,
        introduced_at -> BigInt,
        reminded_at -> Nullable<BigInt>,
        choice_at -> Nullable<BigInt>,
        last_letter_on -> Nullable<Integer>,
        last_writer -> Nullable<Text>,
        ended_at -> Nullable<BigInt>,
        ended_by -> Nullable<Text>,
        nudges -> Integer,
        nudged_on -> Nullable<Integer>,
        kind -> Text,
        sponsor_wrote_on -> Nullable<Integer>,
        paused_until -> Nullable<BigInt>,
        back_at -> Nullable<BigInt>,
        until_request -> Nullable<Binary>,
    }
}

diesel::table! {
    aliases (hash) {
        hash -> Binary,
        sponsorship -> Nullable<Binary>,
        writer -> Nullable<Binary>,
        reader -> Nullable<Binary>,
        sealed -> Nullable<Binary>,
        ended_at -> Nullable<BigInt>,
        told_ended -> Bool,
        other_mailbox_on -> Nullable<Integer>,
        told_left_out -> Bool,
        told_others -> Bool,
    }
}

diesel::table! {
    pair_memory (one, other) {
        one -> Binary,
        other -> Binary,
        made_month -> Integer,
    }
}

diesel::table! {
    questions (token) {
        token -> Binary,
        member -> Binary,
        sponsorship -> Nullable<Binary>,
        kind -> Text,
        made_at -> BigInt,
        answered_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    outbox (id) {
        id -> Binary,
        kind -> Text,
        reason -> Text,
        member -> Nullable<Binary>,
        join_id -> Nullable<Binary>,
        sponsorship -> Nullable<Binary>,
        writer -> Nullable<Binary>,
        offer -> Nullable<Binary>,
        payload -> Binary,
        due_at -> BigInt,
        lease_until -> Nullable<BigInt>,
        attempts -> Integer,
        made_at -> BigInt,
        gives_up_at -> BigInt,
    }
}

diesel::table! {
    bounces (token) {
        token -> Binary,
        member -> Nullable<Binary>,
        made_at -> BigInt,
        reason -> Text,
        sponsorship -> Nullable<Binary>,
        message -> Nullable<Binary>,
        reported -> Bool,
    }
}

diesel::table! {
    former_addresses (member, address_index) {
        member -> Binary,
        address_index -> Binary,
        address -> Binary,
        left_month -> Integer,
    }
}

diesel::table! {
    letters_seen (hash) {
        hash -> Binary,
        seen_at -> BigInt,
    }
}

diesel::table! {
    day_keys (day) {
        day -> Integer,
        public -> Binary,
        mac -> Binary,
    }
}

diesel::table! {
    meeting_feeds (address) {
        address -> Text,
        kept -> Nullable<Text>,
        read_at -> Nullable<BigInt>,
        tried_at -> BigInt,
        etag -> Nullable<Text>,
        last_modified -> Nullable<Text>,
    }
}

diesel::table! {
    vouches (hand, voucher) {
        hand -> Binary,
        voucher -> Binary,
        made_on -> Integer,
    }
}

diesel::table! {
    reports (id) {
        id -> Binary,
        short -> Text,
        sponsorship -> Nullable<Binary>,
        reporter -> Nullable<Binary>,
        accused -> Nullable<Binary>,
        reporter_hash -> Binary,
        accused_hash -> Binary,
        category -> Text,
        words -> Nullable<Binary>,
        named -> Nullable<Binary>,
        assigned -> Nullable<Binary>,
        made_at -> BigInt,
        closed_at -> Nullable<BigInt>,
        decision -> Nullable<Text>,
    }
}

diesel::table! {
    bans (hash) {
        hash -> Binary,
        report -> Nullable<Binary>,
        proposed_by -> Nullable<Binary>,
        confirmed_by -> Nullable<Binary>,
        made_month -> Integer,
        confirmed_month -> Nullable<Integer>,
        ends_on -> Integer,
    }
}

diesel::table! {
    recovery_codes (hash) {
        hash -> Binary,
        member -> Binary,
    }
}

diesel::table! {
    rota (week) {
        week -> Integer,
        member -> Binary,
    }
}

diesel::table! {
    counts (since, what, of) {
        since -> Integer,
        what -> Text,
        of -> Integer,
        people -> BigInt,
    }
}

diesel::table! {
    first_steps (step) {
        step -> Text,
        state -> Text,
        since -> Integer,
    }
}

diesel::table! {
    audit (number) {
        number -> BigInt,
        at -> BigInt,
        what -> Text,
        actor -> Nullable<Binary>,
        subject -> Nullable<Binary>,
        mac -> Binary,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    meta,
    members,
    joins,
    sessions,
    coordinators,
    invitations,
    hands,
    requests,
    looked_after,
    offers,
    places,
    sponsorships,
    aliases,
    pair_memory,
    questions,
    outbox,
    bounces,
    former_addresses,
    letters_seen,
    day_keys,
    meeting_feeds,
    vouches,
    reports,
    bans,
    recovery_codes,
    rota,
    counts,
    first_steps,
    audit,
);
