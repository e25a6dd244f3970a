-- The context of the request that created a run, where that is traced: the turns of the run, in whatever process,
-- are spans below it (ADR 0024). Null for all others. Outbox messages have theirs among their headers.
alter table runs add column traceparent text;
