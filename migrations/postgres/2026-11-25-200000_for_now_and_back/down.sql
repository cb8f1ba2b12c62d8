-- Of several offers of one request to one hand, the older index takes one.
DELETE FROM offers WHERE state = 'withdrawn' OR kind = 'for-now';
DROP INDEX offers_once;
CREATE UNIQUE INDEX offers_once ON offers (request, hand);
ALTER TABLE sponsorships DROP COLUMN until_request;
ALTER TABLE sponsorships DROP COLUMN back_at;
ALTER TABLE sponsorships DROP COLUMN paused_until;
ALTER TABLE sponsorships DROP COLUMN sponsor_wrote_on;
ALTER TABLE sponsorships DROP COLUMN kind;
ALTER TABLE offers DROP COLUMN kind;
ALTER TABLE requests DROP COLUMN kind;
ALTER TABLE hands DROP COLUMN writes_for_now;
