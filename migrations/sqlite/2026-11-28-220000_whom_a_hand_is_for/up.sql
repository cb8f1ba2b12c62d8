-- The sets of a hand stand beside its turn, so that hands that do not fit are passed over inside the index: those few ask
-- for wait at the front of it.
ALTER TABLE places ADD COLUMN languages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN hours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN accepts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN describes INTEGER NOT NULL DEFAULT 0;
UPDATE places SET (languages, hours, accepts, describes) =
    (SELECT h.languages, h.hours, h.accepts, h.describes FROM hands h WHERE h.member = places.hand);
DROP INDEX places_with_room;
CREATE INDEX places_with_room ON places (has_room, turn, languages, hours, accepts, describes);
DROP INDEX places_with_room_for_now;
CREATE INDEX places_with_room_for_now ON places (has_room_for_now, turn, languages, hours, accepts, describes);

DROP TRIGGER places_of_new_hand;
CREATE TRIGGER places_of_new_hand AFTER INSERT ON hands BEGIN
    INSERT INTO places (hand, turn, room, has_room, has_room_for_now, languages, hours, accepts, describes)
    SELECT hand, turn, room, has_room, has_room_for_now, NEW.languages, NEW.hours, NEW.accepts, NEW.describes
    FROM places_now WHERE hand = NEW.member;
END;
CREATE TRIGGER places_after_sets AFTER UPDATE OF languages, hours, accepts, describes ON hands BEGIN
    UPDATE places
    SET languages = NEW.languages, hours = NEW.hours, accepts = NEW.accepts, describes = NEW.describes
    WHERE hand = NEW.member;
END;
