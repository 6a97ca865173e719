#!/usr/bin/python3
"""Sends one WebSocket message and prints what comes back.

    client.py [--fragments N] [--deflate] URL TEXT

Prints `echo TEXT` when the same message came back, `closed CODE REASON` when the connection was
closed instead. With --fragments the message is cut into N frames of about equal length; with
--deflate it is sent compressed (permessage-deflate, RFC 7692).
Exit status: 0 after either line, 1 when something else happened.
"""

import argparse
import asyncio
import sys

import websockets
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

TIMEOUT_SECONDS = 10


def pieces(text, count):
    """The text in `count` parts that are not empty, as far as it has so many characters."""
    count = max(1, min(count, len(text)))
    return [text[len(text) * i // count : len(text) * (i + 1) // count] for i in range(count)]


async def converse(options):
    extensions = [ClientPerMessageDeflateFactory()] if options.deflate else None
    async with websockets.connect(
        options.url, compression=None, extensions=extensions, open_timeout=TIMEOUT_SECONDS, close_timeout=2
    ) as socket:
        if options.deflate and not socket.extensions:
            raise RuntimeError("permessage-deflate was not agreed on")
        parts = pieces(options.text, options.fragments)
        try:
            await socket.send(parts if len(parts) > 1 else parts[0])
            answer = await asyncio.wait_for(socket.recv(), TIMEOUT_SECONDS)
        except websockets.exceptions.ConnectionClosed as closed:
            if closed.rcvd is None:
                raise RuntimeError("the connection broke off without a close frame") from closed
            return f"closed {closed.rcvd.code} {closed.rcvd.reason}".rstrip()
        if answer != options.text:
            raise RuntimeError(f"another message came back: {answer!r}")
        return f"echo {answer}"


def main():
    parser = argparse.ArgumentParser(description="sends one WebSocket message")
    parser.add_argument("--fragments", type=int, default=1, metavar="N")
    parser.add_argument("--deflate", action="store_true")
    parser.add_argument("url")
    parser.add_argument("text")
    options = parser.parse_args()
    try:
        print(asyncio.run(converse(options)))
    except (RuntimeError, OSError, asyncio.TimeoutError, websockets.exceptions.WebSocketException) as error:
        print(f"client.py: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
