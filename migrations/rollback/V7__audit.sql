drop table idempotency_keys, audit_events, audit_heads;
drop function refuse_change();
