-- No letter is about an offer. (What else the other engine changes here, this one has no need of.)
DROP INDEX outbox_by_offer;
CREATE INDEX outbox_by_offer ON outbox (offer) WHERE offer IS NOT NULL;
