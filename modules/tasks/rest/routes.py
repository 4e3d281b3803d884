"""Addresses of tasks besides the card and its verbs."""

from django.urls import URLPattern, path

from core.entities.kinds import EntityKind
from core.recurrence.rest.views import CardPreviewView

from .drafts import ApprovalView, DraftDecisionView, RecallView, ReleaseView
from .dues import DecisionView, DueRequestView
from .options import RulesView
from .parsing import PhraseView
from .reports import AssignedTasksView, AssignmentsView
from .subtasks import ParentView, SubtaskOfPointView, SubtasksView
from .templates import RepeatTaskView, TemplateOfTaskView
from .timing import MyTimerView, TaskTimeView, TimeEntryView, TimerView
from .workload import WorkloadView

_OF_TASK = {
    "subtasks/": SubtasksView,
    "subtasks/from-point/": SubtaskOfPointView,
    "parent/": ParentView,
    "template/": TemplateOfTaskView,
    # The plan is written before there is a template: whoever thinks better of it leaves nothing behind.
    "template/repeat/": RepeatTaskView,
    "template/repeat/preview/": CardPreviewView,
    "due-request/": DueRequestView,
    "due-request/decision/": DecisionView,
    "approval/": RecallView,
    "timer/": TimerView,
    "time/": TaskTimeView,
}


def routes_of(kind: EntityKind) -> list[URLPattern]:
    of_task = [path(f"tasks/<int:card_id>/{tail}", view.as_view(kind=kind)) for tail, view in _OF_TASK.items()]
    return [
        *of_task,
        path("tasks/timer/", MyTimerView.as_view()),
        path("tasks/rules/", RulesView.as_view()),
        path("tasks/parse/", PhraseView.as_view()),
        path("tasks/assignments/", AssignmentsView.as_view()),
        path("tasks/assignments/<int:employee_id>/", AssignedTasksView.as_view()),
        path("tasks/workload/", WorkloadView.as_view()),
        path("tasks/release/", ReleaseView.as_view()),
        path("tasks/approval/", ApprovalView.as_view()),
        path("tasks/approval/decision/", DraftDecisionView.as_view()),
        path("time-entries/<int:entry_id>/", TimeEntryView.as_view()),
    ]
