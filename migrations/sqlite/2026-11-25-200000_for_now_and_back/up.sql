-- "I can write for now": asked after some hours for people who still wait for a sponsor.
ALTER TABLE hands ADD COLUMN writes_for_now INTEGER NOT NULL DEFAULT 0; -- flag
-- sponsor, for-now
ALTER TABLE requests ADD COLUMN kind TEXT NOT NULL DEFAULT 'sponsor';
ALTER TABLE offers ADD COLUMN kind TEXT NOT NULL DEFAULT 'sponsor';
ALTER TABLE sponsorships ADD COLUMN kind TEXT NOT NULL DEFAULT 'sponsor';
-- The first letter of the sponsor, after which whoever wrote for now may rest.
ALTER TABLE sponsorships ADD COLUMN sponsor_wrote_on INT;
-- The sponsor stepped back until then: nobody is nudged, mail still flows.
ALTER TABLE sponsorships ADD COLUMN paused_until INTEGER;
-- Since when a first letter is owed, where a rest came between: the day the sponsor was back.
ALTER TABLE sponsorships ADD COLUMN back_at INTEGER;
-- The newcomer asked for someone new; this contact lasts until somebody says yes to that request.
ALTER TABLE sponsorships ADD COLUMN until_request BLOB;
-- One question at a time of each kind, and a second where the first was withdrawn before it was answered.
DROP INDEX offers_once;
CREATE UNIQUE INDEX offers_once ON offers (request, hand, kind) WHERE state <> 'withdrawn';
