"""XML as the real store reads and speaks it."""

import hashlib
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from infra.sandbox.exchange import Response
from infra.sandbox.s3.errors import S3Error
from infra.sandbox.s3.payload import receive
from infra.sandbox.s3.store import Call

NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
LARGEST_DOCUMENT = 2 * 1024 * 1024
QUOTES = {'"': "&quot;"}


def element(name: str, value: object) -> str:
    """One element with text."""
    return f"<{name}>{escape(str(value), QUOTES)}</{name}>"


def group(name: str, *children: str) -> str:
    """One element with ready children."""
    return f"<{name}>{''.join(children)}</{name}>"


def xml(root: str, *children: str) -> Response:
    """A whole document as an answer."""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">{"".join(children)}</{root}>'
    return Response(headers={"content-type": "application/xml"}, body=text.encode())


def instant(timestamp: float) -> str:
    """ISO 8601 in UTC."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Page:
    """A small body kept in memory."""

    def __init__(self) -> None:
        self.data = bytearray()

    @property
    def size(self) -> int:
        return len(self.data)

    def write(self, data: bytes) -> None:
        """Take more bytes. Raises S3Error."""
        self.data += data
        if self.size > LARGEST_DOCUMENT:
            raise S3Error("MalformedXML")

    def md5(self) -> bytes:
        """Digest of what came so far."""
        return hashlib.md5(self.data, usedforsecurity=False).digest()


async def document(call: Call) -> ElementTree.Element:
    """The checked XML body of a request, without namespaces. Raises S3Error, ClientGone."""
    page = Page()
    await receive(call.request, call.payload_hash, page)
    if b"<!" in page.data:
        # No S3 document has a DTD; entities would be the only reason to send one.
        raise S3Error("MalformedXML")
    try:
        root = ElementTree.fromstring(bytes(page.data))
    except ElementTree.ParseError as error:
        raise S3Error("MalformedXML") from error
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    return root
