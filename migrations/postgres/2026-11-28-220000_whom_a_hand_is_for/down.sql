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
