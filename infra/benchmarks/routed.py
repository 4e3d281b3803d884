"""The floor's statements about documents on their way: what PostgreSQL must be asked at the least.

Writing leaves all that the product leaves behind: the run, the content decided upon, the passing and its step, whoever
is asked as a participant, facts and promises. What is left out is what a product adds: who asks, whether he may,
whether the rules let it, whom a stage asks, what the card says.
"""

WRITTEN = (
    "entities_participant", "routes_run", "routes_content", "routes_passing", "routes_step", "routes_decision",
    "events_fact",
)  # fmt: skip
_OUTBOX = """
promised AS (
  INSERT INTO public.outbox (id, company, kind, subject_id, not_before, attempts, error)
  SELECT gen_random_uuid(), current_schema(), 'fact', id, now(), 0, '' FROM fact RETURNING 1)"""
# What the readers of these facts look at.
_PAYLOAD = (
    "jsonb_build_object('run', {run}, 'asked', '[]'::jsonb, 'left', '[]'::jsonb, 'changes', '[]'::jsonb, 'text', '',"
    " 'outcome', 'approved', 'step', 0, 'verdict', 'approve', 'hash', '')"
)
# Parameters: card, version (of the route), told (what the card says).
START = f"""
WITH card AS (
  UPDATE entities_entity SET status = 'on_route', is_draft = false, version = version + 1, changed_at = now()
  WHERE id = %(card)s RETURNING id, author_id),
asked AS (SELECT addressee_id AS who FROM documents_document WHERE entity_ptr_id = %(card)s),
content_id AS (SELECT nextval(pg_get_serial_sequence('routes_content', 'id')) AS id),
run AS (
  INSERT INTO routes_run (entity_id, version_id, initiator_id, started_by_id, started_at, outcome, content_id, picked)
  SELECT card.id, %(version)s, card.author_id, card.author_id, now(), '', content_id.id, '{{}}' FROM card, content_id
  RETURNING id, content_id),
content AS (
  INSERT INTO routes_content (id, run_id, hash, told, created_at)
  SELECT content_id, id, encode(sha256(convert_to(%(told)s, 'UTF8')), 'hex'), %(told)s::jsonb, now() FROM run),
passing AS (
  INSERT INTO routes_passing (run_id, code, title, round, state, opened_at, due_at, remind_at, escalate_at, next_at)
  SELECT id, 'addressee', 'Адресат', 1, 'open', now(), now() + interval '2 days', now() + interval '1 day',
    now() + interval '2 days', now() + interval '1 day' FROM run RETURNING id),
step AS (
  INSERT INTO routes_step (passing_id, principal_id, place, state, opened_at)
  SELECT passing.id, asked.who, 0, 'open', now() FROM passing, asked RETURNING id),
part AS (
  INSERT INTO entities_participant (entity_id, principal_id, part) SELECT card.id, asked.who, 'approver'
  FROM card, asked),
fact AS (
  INSERT INTO events_fact (kind, entity_id, payload, actor_id, door, is_private, at)
  SELECT named.kind, card.id, {_PAYLOAD.format(run="run.id")}, card.author_id, 'token', false, now()
  FROM card, run, (VALUES ('documents.sent'), ('routes.started')) AS named (kind) RETURNING id),
{_OUTBOX}
SELECT count(*) FROM promised
"""
# Parameter: card. It is the last decision of the run.
DECIDE = f"""
WITH found AS (
  SELECT s.id AS step, s.principal_id AS who, p.id AS passing, r.id AS run, r.content_id AS content
  FROM routes_step s JOIN routes_passing p ON p.id = s.passing_id JOIN routes_run r ON r.id = p.run_id
  WHERE r.entity_id = %(card)s AND r.outcome = '' AND s.state = 'open'),
card AS (
  UPDATE entities_entity SET status = 'approved', version = version + 1, changed_at = now()
  WHERE id = %(card)s RETURNING id),
said AS (
  INSERT INTO routes_decision (step_id, verdict, comment, "to", content_id, principal_id, door, decided_at)
  SELECT step, 'approve', '', '', content, who, 'token', now() FROM found),
step AS (UPDATE routes_step SET state = 'decided', closed_at = now() FROM found WHERE id = found.step),
passing AS (
  UPDATE routes_passing SET state = 'passed', closed_at = now(), next_at = NULL FROM found WHERE id = found.passing),
run AS (UPDATE routes_run SET outcome = 'approved', ended_at = now() FROM found WHERE id = found.run),
fact AS (
  INSERT INTO events_fact (kind, entity_id, payload, actor_id, door, is_private, at)
  SELECT named.kind, card.id, {_PAYLOAD.format(run="found.run")}, found.who, 'token', false, now()
  FROM card, found, (VALUES ('routes.decided'), ('documents.approved'), ('routes.ended')) AS named (kind)
  RETURNING id),
{_OUTBOX}
SELECT count(*) FROM promised
"""
_SHOWN = """
SELECT coalesce(json_agg(json_build_object('id', f.id, 'number', f.number, 'title', f.title, 'status', f.status,
  'stage', (SELECT p.title FROM routes_passing p JOIN routes_run r ON r.id = p.run_id
    WHERE r.entity_id = f.id AND r.outcome = '' AND p.state = 'open' ORDER BY p.id LIMIT 1),
  'holder', (SELECT s.principal_id FROM routes_step s JOIN routes_passing p ON p.id = s.passing_id
    JOIN routes_run r ON r.id = p.run_id
    WHERE r.entity_id = f.id AND r.outcome = '' AND s.state = 'open' ORDER BY s.id LIMIT 1))), '[]')::text
FROM (SELECT e.* FROM entities_entity e WHERE e.kind = 'documents.document' AND e.trashed_at IS NULL AND NOT e.is_draft
  {narrowed} ORDER BY e.created_at DESC, e.id DESC LIMIT 50) AS f
"""
NEWEST = _SHOWN.format(narrowed="")
# Parameter: holder, an employee card.
HELD = _SHOWN.format(
    narrowed="AND e.id IN (SELECT r.entity_id FROM routes_step s JOIN routes_passing p ON p.id = s.passing_id"
    " JOIN routes_run r ON r.id = p.run_id JOIN organization_employee w ON w.principal_id = s.principal_id"
    " WHERE w.entity_ptr_id = %(holder)s AND s.state = 'open')"
)
REPORT = """
SELECT coalesce(json_agg(line), '[]')::text FROM (
  SELECT f.type_id, e.status, count(*) AS count, count(*) FILTER (WHERE e.state = 'open' AND e.due_at < now()) AS late
  FROM entities_entity e LEFT JOIN custom_fields_cardfields f ON f.entity_id = e.id
  WHERE e.kind = 'documents.document' AND e.trashed_at IS NULL AND NOT e.is_draft GROUP BY 1, 2) AS line
"""
