DROP INDEX outbox_by_offer;
CREATE INDEX outbox_by_offer ON outbox (offer);
