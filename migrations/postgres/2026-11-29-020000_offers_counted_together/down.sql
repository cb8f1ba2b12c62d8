DROP TRIGGER places_after_offers_made ON offers;
DROP FUNCTION places_after_offers_made();
DROP TRIGGER places_after_offer ON offers;
CREATE TRIGGER places_after_offer AFTER INSERT OR UPDATE OF state, made_at OR DELETE ON offers
    FOR EACH ROW EXECUTE FUNCTION places_after_offer();
