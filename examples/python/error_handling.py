"""Three ways to meet a failed post: log it, retry it, or leave it.

    python error_handling.py log
    python error_handling.py retry
    python error_handling.py ignore

log    tells what went wrong and goes on
retry  tries again after quota, server and network failures, each time after a
       longer wait with some chance in it; what cannot succeed is logged at once
ignore is for messages that nobody misses
"""

import logging
import random
import sys
import time
from json import dumps, loads
from uuid import uuid4

from httplib2 import Http, HttpLib2Error

# Paste here what "Copy link" gave you. Whoever holds this link can post.
url = "http://127.0.0.1:8080/v1/spaces/SPACE/messages?key=KEY&token=TOKEN"

ATTEMPTS = 8
LONGEST_WAIT = 64  # seconds
# Time-outs, quota and server failures pass. Any other refusal stays one.
PASSING = (408, 429, 500, 502, 503, 504)

log = logging.getLogger("webhook")


class Failure(Exception):
    """A post that was not confirmed. Never holds the URL, which is a secret."""

    def __init__(self, text, passing, retry_after=0):
        super().__init__(text)
        self.passing = passing
        self.retry_after = retry_after


def post(message, request_id):
    """Makes one attempt; returns the answer or raises Failure."""
    try:
        response, body = Http(timeout=30).request(
            uri=url + "&requestId=" + request_id,
            method="POST",
            headers={"Content-Type": "application/json; charset=UTF-8"},
            body=dumps(message),
        )
    except (OSError, HttpLib2Error) as error:
        # Perhaps it was stored and only the answer was lost: the request id
        # keeps a second attempt from posting it twice.
        raise Failure("no answer: " + type(error).__name__, passing=True)
    if response.status == 200:
        return body.decode("utf-8")
    seconds = response.get("retry-after", "0")
    raise Failure(
        "{} {}".format(response.status, reason(body)),
        passing=response.status in PASSING,
        retry_after=int(seconds) if seconds.isdigit() else 0,
    )


def reason(body):
    """What the error says; the body may be JSON, wrapped or bare, or HTML."""
    try:
        answer = loads(body.decode("utf-8"))
        error = answer.get("error", answer)
        return "{}: {}".format(error.get("status"), error.get("message"))
    except (ValueError, AttributeError):
        return "without a readable reason"


def send_or_log(message):
    try:
        return post(message, uuid4().hex)
    except Failure as failure:
        log.error("not sent: %s", failure)
        return None


def send_or_retry(message):
    request_id = uuid4().hex  # the same for each attempt: at most one message
    for attempt in range(ATTEMPTS):
        try:
            return post(message, request_id)
        except Failure as failure:
            if not failure.passing or attempt + 1 == ATTEMPTS:
                log.error("given up: %s", failure)
                return None
            wait = min(2 ** attempt + random.random(), LONGEST_WAIT)
            wait = max(wait, failure.retry_after)
            log.warning("trying again in %.1f s: %s", wait, failure)
            time.sleep(wait)


def send_or_ignore(message):
    try:
        return post(message, uuid4().hex)
    except Failure:
        return None


def main():
    logging.basicConfig(format="%(levelname)s %(message)s")
    ways = {"log": send_or_log, "retry": send_or_retry, "ignore": send_or_ignore}
    way = sys.argv[1] if len(sys.argv) > 1 else "retry"
    if way not in ways:
        raise SystemExit("wanted one of log, retry, ignore, got " + way)
    answer = ways[way]({"text": "Disk of db1 is 91 % full"})
    if answer is not None:
        print(answer)


if __name__ == "__main__":
    main()
