"""Which columns of a table stand in the file about a person. A table that declares none is left out of it.

Columns of cards pass the rights of whoever has asked (`core.privacy.gathering`); what opens doors, points into the
store or tells of others is not declared at all. A module's table says it itself: `PERSON_FILE` at the model.
"""

from django.db.models import Model

_CARD = "id kind number title author_id responsible_id state status starts_at due_at done_at created_at priority"
_COLUMNS: dict[str, str] = {
    "identity_principal": "id kind name is_active created_at",
    "identity_user": "id principal_id email email_verified_at wanted_email wanted_at password_changed_at created_at"
    " last_sign_in_at",
    "identity_session": "id kind name user_agent ip created_at last_seen_at expires_at revoked_at reads_only",
    "identity_invitation": "id kind role_code created_at expires_at accepted_at revoked_at",
    "entities_entity": f"{_CARD} is_private is_draft trashed_at",
    "entities_participant": "id entity_id part",
    "organization_department": "id title code",
    "organization_employee": f"{_CARD} last_name first_name middle_name work_email phone phone_proved hired_on"
    " department_id position_id manager_id",
    "access_roleassignment": "id role_id",
    "events_fact": "id kind entity_id door at",
    "acknowledgements_acknowledgement": "id entity_id round asked_at done_at card_version door",
    "attachments_attachment": "id entity_id name size content_type version created_at deleted_at",
    "checklists_point": "id entity_id section text due_at outcome done_at note shown_number shown_latitude"
    " shown_longitude",
    "comments_comment": "id entity_id text created_at edited_at deleted_at",
    "imports_import": "id kind name size state rows_count created_at finished_at",
    "links_entitylink": "id source_id target_id relation created_at",
    "notifications_delivery": "id kind channel address subject reason entity_id status created_at sent_at read_at",
    "notifications_preference": "id choices mentions_only muted quiet_from quiet_to digest reminders ladder chat_name"
    " time_zone",
    "notifications_pushsubscription": "id name created_at used_at expires_at",
    "privacy_personfile": "id employee_id author_id state size created_at finished_at",
    "privacy_consent": "id document version given_at ip way",
    "recurrence_occurrence": "id template_id card_id at outcome created_at",
    "routes_approvalline": "id list_id place",
    # No words: of which card they are only a step tells, and the asker need not see that card.
    "routes_decision": "id verdict door decided_at",
    "routes_question": "id asked_at answered_at",
    "routes_run": "id entity_id outcome started_at ended_at",
    "routes_step": "id state opened_at closed_at",
    "saved_views_savedview": "id kind title audience",
    "saved_views_listchoice": "id kind columns",
    "sheets_export": "id kind format name state rows_count created_at finished_at",
    "templates_facsimile": "id width_mm changed_at",
    "takeout_takeout": "id state name size created_at finished_at",
}
# Tables that name people and are not for them, with the reason.
LEFT = {
    "custom_fields_fieldkey": "words of the search; a field of one's own has rights of its own",
    "handover_dismissal": "what the company plans: its day and who takes his work over",
    "numbering_reservednumber": "numbers of cards that nobody has made yet",
    "privacy_anonymisation": "exists only when the person is gone",
    "reads_read": "the company's watch over its readers",
    "recurrence_plannedwork": "what comes round, of cards that he may not see",
    "routes_route": "how the company's cards go, whoever draws it",
    "routes_routeversion": "how the company's cards go, whoever has published it",
    "templates_printtemplate": "what the company prints by; he has only been the one to set it up",
    "templates_wording": "how a phrase reads in a case; he has only been the one to put it right",
    "rest_idempotentanswer": "answers kept for a repetition: cards as they were then, for a day",
}


def columns_of(model: type[Model]) -> frozenset[str]:
    """Attribute names of the model's columns that are told; none of a table that is left out."""
    own: tuple[str, ...] = getattr(model, "PERSON_FILE", ())
    return frozenset(own or _COLUMNS.get(model._meta.db_table, "").split())
