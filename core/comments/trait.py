"""What comments give to a card: words, mentions, letters about them, a figure in each row."""

from core.handover.registry import Stays
from core.traits import Trait

from .events import Commented, CommentEdited, CommentRemoved, MentionedLetIn, MentionedLetOut
from .mixin import Commentable
from .models import Comment
from .notifications import MENTIONED, OVERHEARD, WRITTEN, letters
from .queries import comments_tally, searched
from .rest.routes import routes
from .rest.views import CardCommentsView

trait = Trait(
    code="comments",
    mixin=Commentable,
    card_views=(("comments/", CardCommentsView),),
    routes=routes,
    facts=(Commented, CommentEdited, CommentRemoved, MentionedLetIn, MentionedLetOut),
    notifications=(MENTIONED, WRITTEN, OVERHEARD),
    readers=(letters,),
    tallies={"comments_count": comments_tally},
    searched=searched,
    search_place="comment",
    stays=(Stays("history and authorship name whoever did it, for ever", ((Comment, "author"),)),),
)
