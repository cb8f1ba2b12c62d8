-- Whom to ask is found by one index, however many hands are full: one row for each hand, counted anew by the triggers
-- below whenever something it counts changes, whoever changes it.
CREATE TABLE places (
    hand BYTEA NOT NULL PRIMARY KEY REFERENCES hands (member) ON DELETE CASCADE,
    turn BIGINT NOT NULL,             -- when it was asked last; 0: never
    room BIGINT NOT NULL,             -- places of the chosen number that neither a sponsorship nor an offer holds; 0 unless up
    has_room BOOLEAN NOT NULL,
    has_room_for_now BOOLEAN NOT NULL
);
CREATE INDEX places_with_room ON places (has_room, turn);
CREATE INDEX places_with_room_for_now ON places (has_room_for_now, turn);

-- What the rows should be.
CREATE VIEW places_now AS
SELECT hand, turn, room, room > 0 AS has_room, room_for_now > 0 AS has_room_for_now
FROM (
    SELECT h.member AS hand,
        COALESCE((SELECT max(o.made_at) FROM offers o WHERE o.hand = h.member), 0) AS turn,
        CASE WHEN h.state = 'up' THEN h.capacity
            - (SELECT count(*) FROM sponsorships s WHERE s.sponsor = h.member AND s.kind = 'sponsor' AND s.state <> 'ended')
            - (SELECT count(*) FROM offers o WHERE o.hand = h.member AND o.kind = 'sponsor' AND o.state = 'open')
            ELSE 0 END AS room,
        CASE WHEN h.state = 'up' AND h.writes_for_now THEN 1
            - (SELECT count(*) FROM sponsorships s WHERE s.sponsor = h.member AND s.kind = 'for-now' AND s.state <> 'ended')
            - (SELECT count(*) FROM offers o WHERE o.hand = h.member AND o.kind = 'for-now' AND o.state = 'open')
            ELSE 0 END AS room_for_now
    FROM hands h
) AS counted;
INSERT INTO places SELECT hand, turn, room, has_room, has_room_for_now FROM places_now;

-- In plpgsql, which keeps the plan; planning takes longer than counting.
CREATE FUNCTION places_renew(whose BYTEA) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    UPDATE places p SET turn = n.turn, room = n.room, has_room = n.has_room, has_room_for_now = n.has_room_for_now
    FROM places_now n WHERE n.hand = whose AND p.hand = whose;
END $$;
CREATE FUNCTION places_of_new_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO places SELECT hand, turn, room, has_room, has_room_for_now FROM places_now WHERE hand = NEW.member;
    RETURN NULL;
END $$;
CREATE FUNCTION places_after_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM places_renew(NEW.member);
    RETURN NULL;
END $$;
CREATE FUNCTION places_after_offer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM places_renew(COALESCE(NEW.hand, OLD.hand));
    RETURN NULL;
END $$;
CREATE FUNCTION places_after_sponsorship() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM places_renew(COALESCE(NEW.sponsor, OLD.sponsor));
    RETURN NULL;
END $$;
CREATE TRIGGER places_of_new_hand AFTER INSERT ON hands FOR EACH ROW EXECUTE FUNCTION places_of_new_hand();
CREATE TRIGGER places_after_hand AFTER UPDATE OF state, capacity, writes_for_now ON hands
    FOR EACH ROW EXECUTE FUNCTION places_after_hand();
CREATE TRIGGER places_after_offer AFTER INSERT OR UPDATE OF state, made_at OR DELETE ON offers
    FOR EACH ROW EXECUTE FUNCTION places_after_offer();
CREATE TRIGGER places_after_sponsorship AFTER INSERT OR UPDATE OF state OR DELETE ON sponsorships
    FOR EACH ROW EXECUTE FUNCTION places_after_sponsorship();

-- An index with a condition is not used where the condition is a bound value, as diesel binds it.
DROP INDEX hands_up;
CREATE INDEX hands_by_state ON hands (state);
DROP INDEX requests_due;
CREATE INDEX requests_by_state ON requests (state, next_look_at);
DROP INDEX requests_waiting_short;
CREATE INDEX requests_by_short ON requests (short);
CREATE INDEX requests_by_member ON requests (member);
CREATE INDEX offers_by_request ON offers (request, made_at);
CREATE INDEX offers_by_state ON offers (state, lapses_at);
CREATE INDEX sponsorships_handed_over ON sponsorships (until_request) WHERE until_request IS NOT NULL;
