"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import DraftRequest, DueRequest, Task, TaskTemplate, TimeEntry

PORTABLE = Portable(whole=(DraftRequest, DueRequest, Task, TaskTemplate, TimeEntry))
