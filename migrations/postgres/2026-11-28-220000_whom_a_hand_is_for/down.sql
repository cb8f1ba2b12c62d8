DROP TRIGGER places_after_sets ON hands;
DROP FUNCTION places_after_sets();
DROP INDEX places_with_room;
DROP INDEX places_with_room_for_now;
ALTER TABLE places DROP COLUMN languages;
ALTER TABLE places DROP COLUMN hours;
ALTER TABLE places DROP COLUMN accepts;
ALTER TABLE places DROP COLUMN describes;
CREATE INDEX places_with_room ON places (has_room, turn);
CREATE INDEX places_with_room_for_now ON places (has_room_for_now, turn);
CREATE OR REPLACE FUNCTION places_of_new_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO places SELECT hand, turn, room, has_room, has_room_for_now FROM places_now WHERE hand = NEW.member;
    RETURN NULL;
END $$;
DROP VIEW places_now;
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
CREATE OR REPLACE FUNCTION places_renew(whose BYTEA) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    UPDATE places p SET turn = n.turn, room = n.room, has_room = n.has_room, has_room_for_now = n.has_room_for_now
    FROM places_now n WHERE n.hand = whose AND p.hand = whose;
END $$;
