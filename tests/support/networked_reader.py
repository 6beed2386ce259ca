"""A reader that does what no reader may: it calls the address that the paper says."""

from __future__ import annotations

import socket
import urllib.request

from formflow.model.document import Document, Locator, Paragraph


def call(data: bytes) -> Document:
    """Calls host:port in the way that the paper's first word names; the text of the document says what came of it."""
    way, address = data.decode().split()
    host, _, port = address.partition(":")
    try:
        if way == "socket":
            socket.create_connection((host, int(port)), timeout=5).close()
        elif way == "datagram":
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
                one.sendto(b"x", (host, int(port)))
        elif way == "name":
            socket.getaddrinfo("localhost", int(port))
        elif way == "url":
            urllib.request.urlopen(f"http://{address}/", timeout=5).close()
        said = "called"
    except OSError as error:
        said = str(error)
    return Document("text", (Paragraph(said, Locator("paragraph 1")),))
