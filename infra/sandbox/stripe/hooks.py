"""Telling what has happened: signed as the real one signs, again until it is heard; in disorder when that is wished."""

import http.client
import json
import logging
import random
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from stripe import WebhookSignature

from infra.sandbox.stripe.ledger import Ledger
from infra.sandbox.stripe.subscriptions import shown

log = logging.getLogger("sandbox")
_SECONDS = 10
_LONGEST_WAIT = 60.0
_MOST_ATTEMPTS = 50
MOST_COPIES = 10


@dataclass
class Manner:
    """How it is told: each `copies` times, in a random order when `shuffled`, not at all while `held`."""

    copies: int = 1
    shuffled: bool = False
    held: bool = False


class Hooks:
    """A thread that posts events to the one endpoint that is known."""

    def __init__(self, ledger: Ledger, address: str, host: str, secret: str) -> None:
        self._ledger, self._secret, self._host = ledger, secret, host
        self._address = urlsplit(address)
        self.manner = Manner()
        if address:
            threading.Thread(target=self._tell_forever, name="stripe-hooks", daemon=True).start()

    def tell(self) -> int:
        """Tell what is due now; how many messages were heard."""
        heard = 0
        waiting = [row for row in self._ledger.waiting(time.time()) for _ in range(self.manner.copies)]
        if self.manner.shuffled:
            random.shuffle(waiting)
        for number, event, attempts in waiting:
            if self._is_heard(event):
                heard += 1
                self._ledger.told(number)
            elif attempts >= _MOST_ATTEMPTS:
                log.warning("nobody hears of %s", event)
                self._ledger.told(number)
            else:
                self._ledger.put_off(number, time.time() + min(0.5 * 2**attempts, _LONGEST_WAIT))
        return heard

    def _tell_forever(self) -> None:
        while True:
            self._ledger.rung.wait(0.5)
            self._ledger.rung.clear()
            if self.manner.held:
                continue
            try:
                self.tell()
            except Exception:
                log.exception("telling stumbled; trying again")

    def _is_heard(self, event: str) -> bool:
        found = self._ledger.named(event)
        if found is None:
            return True
        body = json.dumps(shown(found), ensure_ascii=False)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Host": self._host,
            "Stripe-Signature": WebhookSignature.generate_signature_header(body, self._secret, int(time.time())),
        }
        place = self._address
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=_SECONDS)
        try:
            connection.request("POST", place.path, body.encode(), headers)
            return 200 <= connection.getresponse().status < 300
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
