-- Offers are made several at once: the places of all their hands are counted in one statement, in three quarters of the
-- time. OFFSET 0: a view that is merged into the statement counts once for each column that is read of it.
CREATE FUNCTION places_after_offers_made() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE places p
    SET turn = n.turn, room = n.room, has_room = n.room > 0, has_room_for_now = n.room_for_now > 0
    FROM made, LATERAL (SELECT turn, room, room_for_now FROM places_now WHERE places_now.hand = made.hand OFFSET 0) n
    WHERE p.hand = made.hand;
    RETURN NULL;
END $$;
DROP TRIGGER places_after_offer ON offers;
CREATE TRIGGER places_after_offer AFTER UPDATE OF state, made_at OR DELETE ON offers
    FOR EACH ROW EXECUTE FUNCTION places_after_offer();
CREATE TRIGGER places_after_offers_made AFTER INSERT ON offers REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION places_after_offers_made();
