-- Whom to ask is found by one index, however many hands are full: one row for each hand, counted anew by the triggers
-- below whenever something it counts changes, whoever changes it.
CREATE TABLE places (
    hand BLOB NOT NULL PRIMARY KEY REFERENCES hands (member) ON DELETE CASCADE,
    turn INTEGER NOT NULL,             -- when it was asked last; 0: never
    room INTEGER NOT NULL,             -- places of the chosen number that neither a sponsorship nor an offer holds; 0 unless up
    has_room INTEGER NOT NULL,         -- flag
    has_room_for_now INTEGER NOT NULL  -- flag
) STRICT;
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

CREATE TRIGGER places_of_new_hand AFTER INSERT ON hands BEGIN
    INSERT INTO places SELECT hand, turn, room, has_room, has_room_for_now FROM places_now WHERE hand = NEW.member;
END;
CREATE TRIGGER places_after_hand AFTER UPDATE OF state, capacity, writes_for_now ON hands BEGIN
    UPDATE places SET (turn, room, has_room, has_room_for_now) =
        (SELECT turn, room, has_room, has_room_for_now FROM places_now n WHERE n.hand = NEW.member)
    WHERE hand = NEW.member;
END;
CREATE TRIGGER places_after_offer_new AFTER INSERT ON offers BEGIN
    UPDATE places SET (turn, room, has_room, has_room_for_now) =
        (SELECT turn, room, has_room, has_room_for_now FROM places_now n WHERE n.hand = NEW.hand)
    WHERE hand = NEW.hand;
END;
CREATE TRIGGER places_after_offer_moved AFTER UPDATE OF state, made_at ON offers BEGIN
    UPDATE places SET (turn, room, has_room, has_room_for_now) =
        (SELECT turn, room, has_room, has_room_for_now FROM places_now n WHERE n.hand = NEW.hand)
    WHERE hand = NEW.hand;
END;
CREATE TRIGGER places_after_offer_gone AFTER DELETE ON offers BEGIN
    UPDATE places SET (turn, room, has_room, has_room_for_now) =
        (SELECT turn, room, has_room, has_room_for_now FROM places_now n WHERE n.hand = OLD.hand)
    WHERE hand = OLD.hand;
END;
CREATE TRIGGER places_after_sponsorship_new AFTER INSERT ON sponsorships BEGIN
    UPDATE places SET (turn, room, has_room, has_room_for_now) =
        (SELECT turn, room, has_room, has_room_for_now FROM places_now n WHERE n.hand = NEW.sponsor)
    WHERE hand = NEW.sponsor;
END;
CREATE TRIGGER places_after_sponsorship_moved AFTER UPDATE OF state ON sponsorships BEGIN
    UPDATE places SET (turn, room, has_room, has_room_for_now) =
        (SELECT turn, room, has_room, has_room_for_now FROM places_now n WHERE n.hand = NEW.sponsor)
    WHERE hand = NEW.sponsor;
END;
CREATE TRIGGER places_after_sponsorship_gone AFTER DELETE ON sponsorships BEGIN
    UPDATE places SET (turn, room, has_room, has_room_for_now) =
        (SELECT turn, room, has_room, has_room_for_now FROM places_now n WHERE n.hand = OLD.sponsor)
    WHERE hand = OLD.sponsor;
END;

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
