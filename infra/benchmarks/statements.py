"""The floor's statements: what PostgreSQL must be asked at the least for the answers that our endpoints give.

Each is one statement whose only column is the whole JSON body: same keys, same values (`tasks.py` compares them and
fails when they part). The list is the page with the people of its rows and its figures; the card has its people and
its buttons; creating writes all that a task of ours leaves behind: number, common and own row, participants (the rows
that rights look at), fact and promise, and answers the card. What is left out is what a product adds: who asks, whether
he may, whether what he sends makes sense, repeated requests, the cursor's signature, the bell after the commit.
A task that was never moved, divided, timed or tied to others asks for no more than its own figures say: the floor
counts the same subqueries. CREATE_BARE leaves out fact and promise as well. A description is kept as safe HTML, which
is handed on as it stands.
"""

_PERSON = """
person AS (
  SELECT p.id, json_build_object(
    'id', w.entity_ptr_id,
    'name', CASE WHEN w.entity_ptr_id IS NULL THEN p.name ELSE concat_ws(' ', w.last_name,
      nullif(left(w.first_name, 1), '') || '.', nullif(left(w.middle_name, 1), '') || '.') END,
    'full_name', p.name,
    'initials', upper(CASE WHEN w.entity_ptr_id IS NULL
      THEN left(split_part(p.name, ' ', 1), 1) || left(split_part(p.name, ' ', 2), 1)
      ELSE left(w.last_name, 1) || left(w.first_name, 1) END),
    'photo_url', CASE WHEN f.deleted_at IS NULL THEN '/api/v1/attachments/' || f.id || '/content/' END,
    'is_active', p.is_active) AS json
  FROM identity_principal p LEFT JOIN organization_employee w ON w.principal_id = p.id
  LEFT JOIN attachments_attachment f ON f.id = w.photo_id
  WHERE p.id IN ({people}))"""

_ROW = """
  'id', t.id, 'ref', 'tasks.task/' || t.id, 'number', t.number, 'title', t.title, 'status', t.status,
  'status_title', CASE t.status WHEN 'draft' THEN 'Черновик' WHEN 'new' THEN 'Новая' WHEN 'accepted' THEN 'Принята'
    WHEN 'in_work' THEN 'В работе'
    WHEN 'in_review' THEN 'На проверке' WHEN 'returned' THEN 'Возвращена' WHEN 'closed' THEN 'Закрыта'
    WHEN 'cancelled' THEN 'Отменена' END,
  'own_status', (SELECT json_build_object('id', o.id, 'title', o.title, 'color', o.color)
    FROM entities_ownstatus o WHERE o.id = t.own_status_id AND o.base = t.status),
  'state', t.state,
  'assignee', (SELECT json FROM person WHERE id = t.responsible_id),
  'initiator', (SELECT json FROM person WHERE id = t.author_id),
  'due_at', t.due_at, 'is_overdue', coalesce(t.state = 'open' AND t.due_at < now(), false),
  'created_at', t.created_at, 'changed_at', t.changed_at, 'version', t.version,
  'priority', CASE t.priority WHEN 0 THEN 'normal' WHEN 1 THEN 'important' WHEN 2 THEN 'urgent' END,
  'is_private', t.is_private, 'is_draft', t.is_draft,
  'late_days', CASE WHEN CASE t.state WHEN 'open' THEN now() ELSE t.done_at END > t.due_at THEN floor(extract(
    epoch FROM CASE t.state WHEN 'open' THEN now() ELSE t.done_at END - t.due_at) / 86400)::int END,
  'first_due_at', t.first_due_at, 'due_moves', t.due_moves, 'estimate', t.estimate,
  'spent', (SELECT coalesce(sum(minutes), 0) FROM tasks_timeentry WHERE task_id = t.id),
  'subtasks_count', (SELECT count(*) FROM tasks_task c JOIN entities_entity s ON s.id = c.entity_ptr_id
    WHERE c.parent_id = t.id AND s.trashed_at IS NULL AND NOT s.is_draft AND s.is_private <= t.is_private
      AND s.state <> 'cancelled'),
  'subtasks_done', (SELECT count(*) FROM tasks_task c JOIN entities_entity s ON s.id = c.entity_ptr_id
    WHERE c.parent_id = t.id AND s.trashed_at IS NULL AND NOT s.is_draft AND s.is_private <= t.is_private
      AND s.state = 'done'),
  'blockers_count', (SELECT count(*) FROM links_entitylink l JOIN entities_entity b ON b.id = l.target_id
    WHERE l.source_id = t.id AND l.relation = 'depends_on' AND b.state = 'open' AND b.trashed_at IS NULL
      AND NOT b.is_private AND NOT b.is_draft),
  'is_subtask', t.parent_id IS NOT NULL,
  'approval', CASE WHEN t.is_draft THEN (SELECT nullif(r.outcome, 'dropped') FROM tasks_draftrequest r
    WHERE r.task_id = t.id ORDER BY r.id DESC LIMIT 1) END,
  'files_count', (SELECT count(DISTINCT family) FROM attachments_attachment
    WHERE entity_id = t.id AND deleted_at IS NULL AND state = 'ready'),
  'comments_count', (SELECT count(*) FROM comments_comment WHERE entity_id = t.id AND deleted_at IS NULL),
  'points_count', (SELECT count(*) FROM checklists_point WHERE entity_id = t.id),
  'points_ticked', (SELECT count(*) FROM checklists_point WHERE entity_id = t.id AND outcome <> '')"""

# Parameter: who, the employee card of the assignee.
LIST = f"""
WITH page AS (
  SELECT * FROM entities_entity
  WHERE responsible_id = (SELECT principal_id FROM organization_employee WHERE entity_ptr_id = %(who)s)
    AND kind = 'tasks.task' AND trashed_at IS NULL
  ORDER BY due_at, id LIMIT 51),
shown AS (
  SELECT page.*, own.parent_id, own.first_due_at, own.due_moves, own.estimate
  FROM page JOIN tasks_task own ON own.entity_ptr_id = page.id ORDER BY due_at, id LIMIT 50),
{_PERSON.format(people="SELECT responsible_id FROM shown UNION SELECT author_id FROM shown")}
SELECT json_build_object(
  'results', (SELECT coalesce(json_agg(json_build_object({_ROW}) ORDER BY t.due_at, t.id), '[]') FROM shown t),
  'next', (SELECT encode(convert_to(json_build_array('t', due_at, id)::text, 'UTF8'), 'base64') FROM shown
    WHERE (SELECT count(*) FROM page) > 50 ORDER BY due_at DESC, id DESC LIMIT 1))::text
"""

_ALL = "'new', 'accepted', 'in_work', 'in_review', 'returned'"
_CARD = f"""
me AS (SELECT principal_id AS id FROM organization_employee WHERE entity_ptr_id = %(me)s),
follower AS (
  SELECT p.id, p.principal_id, p.part FROM entities_participant p JOIN task t ON p.entity_id = t.id
  WHERE p.part IN ('watcher', 'co_worker')),
{
    _PERSON.format(
        people="SELECT responsible_id FROM task UNION SELECT author_id FROM task"
        " UNION SELECT principal_id FROM follower"
    )
},
part AS (
  SELECT t.author_id = me.id AS gives, t.author_id = t.responsible_id AS is_alone,
    t.responsible_id = me.id OR me.id IN (SELECT principal_id FROM follower WHERE part = 'co_worker') AS does
  FROM task t, me),
deed (place, code, title, is_givers, sources, alone, is_danger, needs_text) AS (VALUES
  (1, 'accept', 'Принять', false, ARRAY['new'], ARRAY[]::text[], false, false),
  (2, 'start', 'Начать работу', false, ARRAY['new', 'accepted', 'returned'], ARRAY['new', 'accepted', 'returned'],
    false, false),
  (3, 'submit', 'Сдать на проверку', false, ARRAY['accepted', 'in_work', 'returned'], ARRAY[]::text[], false, false),
  (4, 'close', 'Закрыть', true, ARRAY['in_review'], ARRAY[{_ALL}], false, false),
  (5, 'return', 'Вернуть', true, ARRAY['in_review'], ARRAY[]::text[], false, true),
  (6, 'reopen', 'Открыть заново', true, ARRAY['closed', 'cancelled'], ARRAY['closed', 'cancelled'], false, false),
  (7, 'cancel', 'Отменить', true, ARRAY[{_ALL}], ARRAY[{_ALL}], true, false)),
button AS (
  SELECT deed.*, row_number() OVER (ORDER BY place) AS nth FROM deed, task t, part
  WHERE t.status = ANY(CASE WHEN part.is_alone THEN deed.alone ELSE deed.sources END)
    AND CASE WHEN deed.is_givers THEN part.gives ELSE part.does END)
SELECT json_build_object({_ROW},
  'description', t.description,
  'description_html', t.description,
  'watchers', (SELECT coalesce(json_agg(person.json ORDER BY f.id), '[]') FROM follower f
    JOIN person ON person.id = f.principal_id WHERE f.part = 'watcher'),
  'co_assignees', (SELECT coalesce(json_agg(person.json ORDER BY f.id), '[]') FROM follower f
    JOIN person ON person.id = f.principal_id WHERE f.part = 'co_worker'),
  'done_at', t.done_at,
  'release_at', t.release_at,
  'parent', NULL,
  'due_request', (SELECT to_json(r) FROM tasks_duerequest r WHERE r.task_id = t.id AND r.outcome = ''),
  'draft_request', CASE WHEN t.is_draft THEN (SELECT to_json(r) FROM tasks_draftrequest r
    WHERE r.task_id = t.id ORDER BY r.id DESC LIMIT 1) END,
  'timer_started_at', (SELECT e.started_at FROM tasks_timeentry e, me
    WHERE e.task_id = t.id AND e.person_id = me.id AND e.ended_at IS NULL),
  'actions', (SELECT coalesce(json_agg(jsonb_build_object('code', code, 'title', title,
    'kind', CASE WHEN is_danger THEN 'danger' WHEN nth = 1 THEN 'primary' ELSE 'default' END, 'needs_text', needs_text)
    || CASE WHEN needs_text THEN jsonb_build_object('asks', 'Напишите, что нужно сделать')
       ELSE jsonb_build_object() END ORDER BY place), '[]') FROM button),
  'status_moves', ARRAY(SELECT o.id FROM entities_ownstatus o WHERE o.kind = t.kind AND o.card_type = coalesce(
    (SELECT y.code FROM custom_fields_cardfields c JOIN custom_fields_cardtype y ON y.id = c.type_id
      WHERE c.entity_id = t.id), '')),
  'can', (SELECT json_build_object('edit', gives AND t.status NOT IN ('closed', 'cancelled'), 'delete', gives,
    'comment', true, 'attach', true, 'divide', (gives OR does) AND t.status NOT IN ('closed', 'cancelled'),
    'time', (gives OR does) AND NOT t.is_draft,
    'ask_due', does AND NOT gives AND t.status NOT IN ('closed', 'cancelled'),
    'ask_approval', gives AND t.is_draft) FROM part))::text
FROM task t
"""

# Parameters: id of the task, me (the reader's employee card).
CARD = f"""
WITH task AS (
  SELECT e.*, own.description, own.parent_id, own.first_due_at, own.due_moves, own.estimate, own.release_at
  FROM entities_entity e JOIN tasks_task own ON own.entity_ptr_id = e.id
  WHERE e.id = %(id)s AND e.trashed_at IS NULL),
{_CARD}"""

_SAID = """
fact AS (
  INSERT INTO events_fact (kind, entity_id, payload, actor_id, door, is_private, at)
  SELECT 'tasks.created', id, jsonb_build_object('assignee', responsible_id), author_id, 'token', false, now() FROM card
  RETURNING id),
promised AS (
  INSERT INTO public.outbox (id, company, kind, subject_id, not_before, attempts, error)
  SELECT gen_random_uuid(), current_schema(), 'fact', id, now(), 0, '' FROM fact),"""
_CREATE = """
WITH numbered AS (
  INSERT INTO numbering_numbercounter AS c (kind, last) VALUES ('tasks.task', 1)
  ON CONFLICT (kind) DO UPDATE SET last = c.last + 1 RETURNING 'З-' || last AS number),
card AS (
  INSERT INTO entities_entity (kind, number, title, author_id, responsible_id, state, status, due_at, created_at,
    changed_at, version)
  SELECT 'tasks.task', numbered.number, %(title)s, author.principal_id, assignee.principal_id, 'open', 'new',
    %(due_at)s::timestamptz, now(), now(), 1
  FROM numbered, organization_employee author, organization_employee assignee
  WHERE author.entity_ptr_id = %(me)s AND assignee.entity_ptr_id = %(who)s RETURNING *),
own AS (INSERT INTO tasks_task (entity_ptr_id, description) SELECT id, '' FROM card),
parts AS (
  INSERT INTO entities_participant (entity_id, principal_id, part)
  SELECT card.id, given.who, given.part FROM card,
    LATERAL (VALUES (author_id, 'author'), (responsible_id, 'responsible')) AS given (who, part)),
{said}
task AS (
  SELECT card.*, ''::text AS description, NULL::bigint AS parent_id, NULL::timestamptz AS first_due_at, 0 AS due_moves,
    NULL::int AS estimate, NULL::timestamptz AS release_at FROM card),
{card}"""

# Parameters: title, due_at, who (the assignee's employee card), me (the author's).
CREATE = _CREATE.format(said=_SAID, card=_CARD)
CREATE_BARE = _CREATE.format(said="", card=_CARD)
