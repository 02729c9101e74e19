"""Posts one message to a space through its incoming webhook.

Runs on Python 3.6 and later. See README.md for the virtual environment.
"""

from json import dumps

from httplib2 import Http

# Paste here what "Copy link" gave you. Whoever holds this link can post.
url = "http://127.0.0.1:8080/v1/spaces/SPACE/messages?key=KEY&token=TOKEN"


def main():
    message = {"text": "Hello from a Python script!"}
    response, body = Http(timeout=30).request(
        uri=url,
        method="POST",
        headers={"Content-Type": "application/json; charset=UTF-8"},
        body=dumps(message),
    )
    print(response.status)
    print(body.decode("utf-8"))
    if response.status != 200:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
