-- The sets of a hand stand beside its turn, so that hands that do not fit are passed over inside the index: those few ask
-- for wait at the front of it.
ALTER TABLE places ADD COLUMN languages BIGINT NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN hours BIGINT NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN accepts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN describes BIGINT NOT NULL DEFAULT 0;
UPDATE places SET (languages, hours, accepts, describes) =
    (SELECT h.languages, h.hours, h.accepts, h.describes FROM hands h WHERE h.member = places.hand);
DROP INDEX places_with_room;
CREATE INDEX places_with_room ON places (has_room, turn, languages, hours, accepts, describes);
DROP INDEX places_with_room_for_now;
CREATE INDEX places_with_room_for_now ON places (has_room_for_now, turn, languages, hours, accepts, describes);

CREATE OR REPLACE FUNCTION places_of_new_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO places (hand, turn, room, has_room, has_room_for_now, languages, hours, accepts, describes)
    SELECT hand, turn, room, has_room, has_room_for_now, NEW.languages, NEW.hours, NEW.accepts, NEW.describes
    FROM places_now WHERE hand = NEW.member;
    RETURN NULL;
END $$;
CREATE FUNCTION places_after_sets() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE places
    SET languages = NEW.languages, hours = NEW.hours, accepts = NEW.accepts, describes = NEW.describes
    WHERE hand = NEW.member;
    RETURN NULL;
END $$;
CREATE TRIGGER places_after_sets AFTER UPDATE OF languages, hours, accepts, describes ON hands
    FOR EACH ROW EXECUTE FUNCTION places_after_sets();

-- Counted once each: a view of which `room` and `room > 0` are read counts twice, and this runs for every offer.
CREATE OR REPLACE VIEW places_now AS
SELECT hand, turn, room, room > 0 AS has_room, room_for_now > 0 AS has_room_for_now, room_for_now
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
CREATE OR REPLACE FUNCTION places_renew(whose BYTEA) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    turn_now BIGINT;
    room_now BIGINT;
    for_now_now BIGINT;
BEGIN
    SELECT turn, room, room_for_now INTO turn_now, room_now, for_now_now FROM places_now WHERE hand = whose;
    UPDATE places
    SET turn = turn_now, room = room_now, has_room = room_now > 0, has_room_for_now = for_now_now > 0
    WHERE hand = whose AND turn_now IS NOT NULL;
END $$;
