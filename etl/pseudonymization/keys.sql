-- Pseudonyms: equal under a post, unlinkable across posts (R11; `key_scope` says under what). A truncated
-- SHA-256 that starts with a secret: 64 bits are too few to continue the hash from.
CREATE OR REPLACE TEMP MACRO keyed(scope, who) AS
    substr(sha256(getvariable('secret') || chr(31) || scope || chr(31) || lower(who)), 1, 16);
-- An id that leads to who wrote (etl/pseudonymization/writer_ids.sql).
CREATE OR REPLACE TEMP MACRO writer_id(platform, native) AS
    keyed(platform || ':' || native, 'writer_id');
