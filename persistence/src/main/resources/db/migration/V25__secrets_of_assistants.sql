-- The secrets that an assistant's tools refer to. A pattern over the text, because PostgreSQL reads no
-- field of a document that has a zero character anywhere; no other text looks like this member, because
-- quotes within strings are escaped. The column is generated, so that it is right also for what a
-- service of the previous version writes during an upgrade.
create function referred_secrets(document json) returns text[] language sql immutable parallel safe as $$
    select array(
        select found[1]
        from regexp_matches(document::text, '"secret_id" ?: ?"([^"\\]+)"', 'g') as found)
$$;
alter table assistants
    add column secret_ids text[] generated always as (referred_secrets(document)) stored;
