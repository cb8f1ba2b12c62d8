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
