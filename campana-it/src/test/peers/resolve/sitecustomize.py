"""Sends what is meant for chat.googleapis.com to the server under test. The tool itself stays as it is."""

import os
import socket

_real = socket.getaddrinfo
_port = int(os.environ["CAMPANA_PORT"])


def _here(host, port, *args, **kwargs):
    if host == "chat.googleapis.com":
        return _real("127.0.0.1", _port, *args, **kwargs)
    return _real(host, port, *args, **kwargs)


socket.getaddrinfo = _here
