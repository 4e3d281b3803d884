"""Addresses of routes: of cards on their way, and of how routes are set up."""

from django.urls import path

from .settings import (
    ApprovalListsView,
    ApprovalListView,
    ConditionView,
    DraftView,
    FiguresView,
    PublishView,
    ReplayView,
    RoutedKindsView,
    RoutesView,
    RouteView,
    TrialView,
    VersionsView,
)
from .views import (
    AnswerView,
    AskView,
    CardRouteView,
    DecideManyView,
    DecideView,
    OfferedRoutesView,
    PreviewView,
    RecallView,
    RedirectView,
)

routes = [
    path("cards/<int:card_id>/route/", CardRouteView.as_view()),
    path("cards/<int:card_id>/route/recall/", RecallView.as_view()),
    path("cards/<int:card_id>/routes/", OfferedRoutesView.as_view()),
    path("cards/<int:card_id>/routes/<int:route_id>/preview/", PreviewView.as_view()),
    path("route-steps/decide/", DecideManyView.as_view()),
    path("route-steps/<int:step_id>/decide/", DecideView.as_view()),
    path("route-steps/<int:step_id>/redirect/", RedirectView.as_view()),
    path("route-steps/<int:step_id>/ask/", AskView.as_view()),
    path("route-questions/<int:question_id>/answer/", AnswerView.as_view()),
    path("routes/", RoutesView.as_view()),
    path("routes/kinds/", RoutedKindsView.as_view()),
    path("routes/conditions/", ConditionView.as_view()),
    path("routes/<int:route_id>/", RouteView.as_view()),
    path("routes/<int:route_id>/draft/", DraftView.as_view()),
    path("routes/<int:route_id>/publish/", PublishView.as_view()),
    path("routes/<int:route_id>/versions/", VersionsView.as_view()),
    path("routes/<int:route_id>/trial/", TrialView.as_view()),
    path("routes/<int:route_id>/replay/", ReplayView.as_view()),
    path("routes/<int:route_id>/figures/", FiguresView.as_view()),
    path("approval-lists/", ApprovalListsView.as_view()),
    path("approval-lists/<int:list_id>/", ApprovalListView.as_view()),
]
