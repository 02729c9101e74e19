"""Starts a thread, replies in it, and shows what each reply option does.

A thread key is your own name for a thread. Remember it, send it again, and the
message joins the thread. The reply option in the URL says what should happen
when there is no such thread yet.
"""

from json import dumps, loads
from time import sleep
from uuid import uuid4

from httplib2 import Http

# Paste here what "Copy link" gave you. Whoever holds this link can post.
url = "http://127.0.0.1:8080/v1/spaces/SPACE/messages?key=KEY&token=TOKEN"

# Reply in the thread of this key; without one, open a new thread.
FALLBACK = "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"
# Reply in the thread of this key; without one, send nothing and answer 404.
OR_FAIL = "REPLY_MESSAGE_OR_FAIL"


def post(text, thread_key, option):
    """Posts the text; returns the name of the thread it went to, or None."""
    response, body = Http(timeout=30).request(
        uri=url + "&messageReplyOption=" + option,
        method="POST",
        headers={"Content-Type": "application/json; charset=UTF-8"},
        body=dumps({"text": text, "thread": {"threadKey": thread_key}}),
    )
    answer = body.decode("utf-8")
    if response.status != 200:
        print("{} with {}".format(response.status, option))
        return None
    thread = loads(answer)["thread"]["name"]
    print("{} with {}: {}".format(response.status, option, thread))
    return thread


def main():
    deploy = "deploy-" + uuid4().hex
    post("Deploy started", deploy, FALLBACK)
    sleep(1.1)  # a space takes one message per second
    post("Deploy finished", deploy, OR_FAIL)
    sleep(1.1)
    # Nobody has used this key: with OR_FAIL nothing is sent.
    post("You will not see this", "never-used-" + uuid4().hex, OR_FAIL)


if __name__ == "__main__":
    main()
