"""Who may do what: typed by hand, line by line, and never computed. A missing or a superfluous line fails the suite.

    METHOD address [#variant] | anonymous employee head admin owner blocked foreign

Addresses stand below /api/v1/ unless they begin with a slash; `/<page>` is every address of the browser application.
A line `@ relations` says how the object of the lines below it stands to the caller: a cell with slashes gives one
status for each relation, a single status holds for the last; an empty line ends it. The callers:

    anonymous   nobody is signed in
    employee    role «Сотрудник», works in «Цех» (inside «Завод»)
    head        role «Руководитель», works in «Завод»
    admin       role «Администратор», in no department
    owner       role «Владелец», in no department
    blocked     an employee of «Цех» whom an administrator has blocked, with the token he had
    foreign     the owner of another company, with his token

Relations of people: `own` the caller's card, `department` a colleague of «Цех», `other` somebody of «Продажи».
Relations of tasks: `initiator` and `assignee` are the caller's parts, `watcher` watches a task of «Продажи»,
`department` a task between two people of «Цех», `other` one between two people of «Продажи».
A file `#on-employee` lies on an employee's card, put there by the owner; `#photo` is that card's photo.
Relations of comments, points, readers, links and files: `mine` on the caller's own task, `watched` somebody's on a
task that the caller watches, `department` and `other` as with tasks.
"""

COMPANY = """
GET    /healthz | 200 200 200 200 200 200 200
GET    /readyz | 200 200 200 200 200 200 200
GET    schema/ | 200 200 200 200 200 200 200
GET    /api/docs/ | 200 200 200 200 200 200 200
GET    /robots.txt | 200 200 200 200 200 200 200
GET    /<page> | 200 200 200 200 200 200 200

GET    me/ | 401 200 200 200 200 401 401
GET    home/ | 401 200 200 200 200 401 401

GET    auth/state/ | 200 200 200 200 200 401 401
POST   auth/sign-in/ | 200 200 200 200 200 401 401
POST   auth/sign-in/ #blocked-person | 401 401 401 401 401 401 401
POST   auth/sign-in/ #foreign-person | 401 401 401 401 401 401 401
POST   auth/sign-out/ | 401 204 204 204 204 401 401
POST   auth/token/ | 200 200 200 200 200 401 401
POST   auth/token/ #blocked-person | 401 401 401 401 401 401 401
POST   auth/password/ | 401 204 204 204 204 401 401
POST   auth/password-reset/ | 202 202 202 202 202 401 401
POST   auth/password-reset/confirm/ | 204 204 204 204 204 401 401
POST   auth/password-reset/confirm/ #blocked-person | 409 409 409 409 409 401 401
POST   auth/email-proof/ | 401 202 202 202 202 401 401
POST   auth/email-proof/confirm/ | 204 204 204 204 204 401 401
GET    auth/sessions/ | 401 200 200 200 200 401 401
POST   auth/sessions/revoke-others/ | 401 200 200 200 200 401 401
@ own other
DELETE auth/sessions/{session_id}/ | 401 204/404 204/404 204/404 204/404 401 401
@ -
POST   auth/tokens/ | 401 201 201 201 201 401 401
POST   auth/tokens/ #by-token | 401 403 403 403 403 401 401
POST   auth/tokens/ #wrong-password | 401 422 422 422 422 401 401
GET    auth/totp/ | 401 200 200 200 200 401 401
POST   auth/totp/setup/ | 401 200 200 200 200 401 401
POST   auth/totp/setup/ #by-token | 401 403 403 403 403 401 401
POST   auth/totp/setup/ #wrong-password | 401 422 422 422 422 401 401
POST   auth/totp/confirm/ | 401 200 200 200 200 401 401
POST   auth/totp/confirm/ #by-token | 401 403 403 403 403 401 401
POST   auth/totp/disable/ | 401 204 204 204 204 401 401
POST   auth/totp/disable/ #by-token | 401 403 403 403 403 401 401
GET    auth/companies/ | 401 200 200 200 200 401 401
POST   auth/switch/ | 401 200 200 200 200 401 401
POST   auth/switch/ #by-token | 401 403 403 403 403 401 401
POST   auth/switch/ #not-a-member | 401 404 404 404 404 401 401
POST   auth/ticket/ | 303 303 303 303 303 401 401
GET    auth/invitation/ | 200 200 200 200 200 401 401
POST   auth/invitation/accept/ | 201 201 201 201 201 401 401

GET    invitations/ | 401 403 200 200 200 401 401
POST   invitations/ | 401 403 201 201 201 401 401
POST   invitations/ #as-admin | 401 403 403 201 201 401 401
POST   invitations/ #as-owner | 401 403 403 403 201 401 401
POST   invitations/link/ | 401 403 201 201 201 401 401
DELETE invitations/{invitation_id}/ | 401 403 204 204 204 401 401

GET    company/ | 401 200 200 200 200 401 401
PATCH  company/ | 401 403 403 200 200 401 401
PUT    company/logo/ | 401 403 403 200 200 401 401
DELETE company/logo/ | 401 403 403 200 200 401 401
GET    company/logo/{version}/ | 200 200 200 200 200 401 401
GET    modules/ | 401 200 200 200 200 401 401
PATCH  modules/{code}/ | 401 403 403 200 200 401 401

GET    employees/ | 401 200 200 200 200 401 401
@ own department other
GET    employees/{card_id}/ | 401 200/200/200 200/200/200 200 200 401 401
PATCH  employees/{card_id}/ #phone | 401 200/403/403 200/200/403 200 200 401 401
PATCH  employees/{card_id}/ #position | 401 403/403/403 403/200/403 200 200 401 401
PATCH  employees/{card_id}/ #department | 401 403/403/403 403/403/403 200 200 401 401
POST   employees/{card_id}/block/ | 401 403/403/403 403/403/403 409/200/200 409/200/200 401 401
@ -
POST   employees/{card_id}/block/ #owner | 401 403 403 403 409 401 401
POST   employees/{card_id}/block/ #admin | 401 403 403 409 200 401 401
PATCH  employees/{card_id}/ #owner-by-head | 401 403 403 200 200 401 401
POST   employees/{card_id}/unblock/ | 401 403 403 200 200 401 401
@ own department other
PUT    employees/{card_id}/roles/ | 401 403/403/403 403/403/403 200/200/200 409/200/200 401 401
@ -
PUT    employees/{card_id}/roles/ #owner | 401 403 403 403 200 401 401
@ own department other
GET    employees/{card_id}/attachments/ | 401 200/403/403 200/200/403 200 200 401 401
POST   employees/{card_id}/attachments/ | 401 201/403/403 201/201/403 201 201 401 401
GET    employees/{card_id}/links/ | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/links/ | 401 201/201/201 201/201/201 201 201 401 401
GET    employees/{card_id}/checklist/ | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/checklist/ | 401 201/403/403 201/201/403 201 201 401 401
GET    employees/{card_id}/acknowledgements/ | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/acknowledgements/ | 401 201/403/403 201/201/403 201 201 401 401
POST   employees/{card_id}/acknowledgements/confirm/ | 401 409/409/409 409/409/409 409 409 401 401
POST   employees/{card_id}/acknowledgements/confirm/ #asked | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/acknowledgements/again/ | 401 409/403/403 409/409/403 409 409 401 401
POST   employees/{card_id}/acknowledgements/again/ #asked | 401 201/403/403 201/201/403 201 201 401 401
GET    employees/{card_id}/history/ | 401 200/200/200 200/200/200 200 200 401 401

GET    departments/ | 401 200 200 200 200 401 401
POST   departments/ | 401 403 403 201 201 401 401
GET    departments/{department_id}/ | 401 200 200 200 200 401 401
PATCH  departments/{department_id}/ | 401 403 403 200 200 401 401
DELETE departments/{department_id}/ | 401 403 403 204 204 401 401
GET    positions/ | 401 200 200 200 200 401 401
POST   positions/ | 401 403 403 201 201 401 401
PATCH  positions/{position_id}/ | 401 403 403 200 200 401 401
DELETE positions/{position_id}/ | 401 403 403 204 204 401 401

GET    roles/ | 401 200 200 200 200 401 401
POST   roles/ | 401 403 403 201 201 401 401
GET    roles/{code}/ | 401 200 200 200 200 401 401
PATCH  roles/{code}/ | 401 403 403 200 200 401 401
PATCH  roles/{code}/ #owner | 401 403 403 409 409 401 401
DELETE roles/{code}/ | 401 403 403 204 204 401 401
DELETE roles/{code}/ #system | 401 403 403 409 409 401 401
GET    permissions/ | 401 403 403 200 200 401 401

GET    tasks/ | 401 200 200 200 200 401 401
POST   tasks/ | 401 201 201 201 201 401 401
GET    tasks/counts/ | 401 200 200 200 200 401 401
@ initiator assignee watcher department other
GET    tasks/{card_id}/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
PATCH  tasks/{card_id}/ | 401 200/403/403/404/404 200/403/403/200/404 200 200 401 401
DELETE tasks/{card_id}/ | 401 204/403/403/404/404 204/403/403/204/404 204 204 401 401
POST   tasks/{card_id}/restore/ | 401 200/403/404/404/404 200/403/404/200/404 200 200 401 401
POST   tasks/{card_id}/do/{deed}/ #accept | 401 403/200/403/404/404 403/200/403/403/404 403 403 401 401
POST   tasks/{card_id}/do/{deed}/ #cancel | 401 200/403/403/404/404 200/403/403/200/404 200 200 401 401
PUT    tasks/{card_id}/watchers/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401
PUT    tasks/{card_id}/co-assignees/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401
GET    tasks/{card_id}/attachments/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/attachments/ | 401 201/201/201/404/404 201/201/201/201/404 201 201 401 401
GET    tasks/{card_id}/comments/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/comments/ | 401 201/201/201/404/404 201/201/201/201/404 201 201 401 401
GET    tasks/{card_id}/links/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/links/ | 401 201/201/201/404/404 201/201/201/201/404 201 201 401 401
POST   tasks/{card_id}/links/ #to-what-is-not-seen | 401 422/422/422/404/404 422/422/422/422/404 201 201 401 401
GET    tasks/{card_id}/checklist/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/checklist/ | 401 201/201/403/404/404 201/201/403/201/404 201 201 401 401
GET    tasks/{card_id}/acknowledgements/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/acknowledgements/ | 401 201/201/403/404/404 201/201/403/201/404 201 201 401 401
POST   tasks/{card_id}/acknowledgements/confirm/ | 401 409/409/409/404/404 409/409/409/409/404 409 409 401 401
POST   tasks/{card_id}/acknowledgements/confirm/ #asked | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/acknowledgements/again/ | 401 409/409/403/404/404 409/409/403/409/404 409 409 401 401
POST   tasks/{card_id}/acknowledgements/again/ #asked | 401 201/201/403/404/404 201/201/403/201/404 201 201 401 401
GET    tasks/{card_id}/history/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401

@ mine watched department other
PATCH  comments/{comment_id}/ | 401 200/403/404/404 200/403/403/404 403 403 401 401
DELETE comments/{comment_id}/ | 401 204/403/404/404 204/403/403/404 403 403 401 401
PATCH  checklist/{point_id}/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
DELETE checklist/{point_id}/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
PUT    checklist/{point_id}/place/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
POST   checklist/{point_id}/tick/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
POST   checklist/{point_id}/tick/ #given-to-oneself | 401 200/200/200/200 200/200/200/200 200 200 401 401
DELETE checklist/{point_id}/tick/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
POST   checklist/{point_id}/failure/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
DELETE acknowledgements/{row_id}/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
DELETE links/{link_id}/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
GET    attachments/{attachment_id}/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
DELETE attachments/{attachment_id}/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
POST   attachments/{attachment_id}/complete/ | 401 200/404/404/404 200/404/404/404 404 404 401 401
GET    attachments/{attachment_id}/versions/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   attachments/{attachment_id}/versions/ | 401 201/201/404/404 201/201/201/404 201 201 401 401
GET    attachments/{attachment_id}/content/ | 401 302/302/404/404 302/302/302/404 302 302 401 401
@ own department other
GET    attachments/{attachment_id}/ #on-employee | 401 200/404/404 200/200/404 200 200 401 401
GET    attachments/{attachment_id}/ #photo | 401 200/200/200 200/200/200 200 200 401 401
DELETE attachments/{attachment_id}/ #on-employee | 401 204/404/404 204/204/404 204 204 401 401
DELETE attachments/{attachment_id}/ #photo | 401 204/404/404 204/204/404 204 204 401 401
GET    attachments/{attachment_id}/versions/ #on-employee | 401 200/404/404 200/200/404 200 200 401 401
GET    attachments/{attachment_id}/versions/ #photo | 401 200/404/404 200/200/404 200 200 401 401
POST   attachments/{attachment_id}/versions/ #on-employee | 401 201/404/404 201/201/404 201 201 401 401
POST   attachments/{attachment_id}/versions/ #photo | 401 201/404/404 201/201/404 201 201 401 401
GET    attachments/{attachment_id}/content/ #on-employee | 401 302/404/404 302/302/404 302 302 401 401
GET    attachments/{attachment_id}/content/ #photo | 401 302/302/302 302/302/302 302 302 401 401

GET    trash/ | 401 200 200 200 200 401 401
@ initiator assignee watcher department other
POST   trash/restore/ | 401 204/403/404/404/404 204/403/404/204/404 204 204 401 401
"""

# On the bare host nobody is signed in; a token of a company means nothing there.
PUBLIC = """
GET    /healthz | 200
GET    /readyz | 200
GET    schema/ | 200
GET    /api/docs/ | 200
GET    /robots.txt | 200
GET    /<page> | 200
POST   signup/ | 202
POST   signup/confirm/ | 201
POST   signup/confirm/ #wrong-code | 422
POST   signup/confirm/ #other-letter | 422
POST   signup/confirm/ #several-forms | 409
POST   signup/resend/ | 202
GET    signup/slug/ | 200
POST   find-company/ | 202
"""
