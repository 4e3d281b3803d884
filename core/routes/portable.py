"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import (
    ApprovalLine,
    ApprovalList,
    Content,
    Decision,
    Passing,
    Question,
    Route,
    RouteVersion,
    Run,
    Step,
)

PORTABLE = Portable(
    whole=(ApprovalLine, ApprovalList, Content, Decision, Passing, Question, Route, RouteVersion, Run, Step)
)
