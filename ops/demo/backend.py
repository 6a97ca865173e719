#!/usr/bin/python3
"""The application of the demonstration: a page on every path and a WebSocket echo on /chat.

    backend.py [--port PORT] [--port-file FILE] [--log FILE]

Both are on one port of the loopback interface. Without --port the system chooses one; --port-file
tells which, and is complete when it exists. The log has one line for each request and message that
arrived: what a firewall in front stopped is not in it.
"""

import argparse
import asyncio
import html
import http
import os
import signal
import urllib.parse

import websockets

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A small shop</title></head>
<body>
<h1>A small shop</h1>
<form action="/search"><input name="q" value="{query}"> <button>Search</button></form>
<p>{result}</p>
<h2>Chat</h2>
<form id="chat"><input id="text"> <button>Send</button></form>
<pre id="log"></pre>
<script>
const log = line => document.getElementById("log").textContent += line + "\\n";
const socket = new WebSocket("ws://" + location.host + "/chat");
socket.onmessage = event => log("echo: " + event.data);
socket.onclose = event => log("closed: " + event.code + " " + event.reason);
document.getElementById("chat").onsubmit = event => {{
    event.preventDefault();
    socket.send(document.getElementById("text").value);
}};
</script>
</body>
</html>
"""


class Backend:
    def __init__(self, log):
        self.log = log

    def note(self, line):
        if self.log is not None:
            print(line, file=self.log, flush=True)

    async def answer(self, path, headers):
        """Answers plain requests; None lets the WebSocket handshake go on."""
        if headers.get("Upgrade", "").lower() == "websocket" and urllib.parse.urlsplit(path).path == "/chat":
            return None
        self.note(f"request {path}")
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(path).query).get("q", [""])[0]
        result = f"Nothing found for {html.escape(query)}." if query else "Welcome."
        body = PAGE.format(query=html.escape(query, quote=True), result=result).encode()
        return http.HTTPStatus.OK, [("Content-Type", "text/html; charset=utf-8")], body

    async def echo(self, socket, path="/chat"):
        try:
            async for message in socket:
                self.note(f"message {message!r}")
                await socket.send(message)
        except websockets.exceptions.ConnectionClosed:
            pass


async def serve(options, log):
    backend = Backend(log)
    ended = asyncio.get_running_loop().create_future()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, lambda: ended.done() or ended.set_result(None))
    async with websockets.serve(
        backend.echo, "127.0.0.1", options.port, process_request=backend.answer, close_timeout=1
    ) as server:
        port = server.sockets[0].getsockname()[1]
        if options.port_file:
            # Renamed into place, so that nobody reads half a number.
            with open(options.port_file + ".new", "w") as file:
                file.write(f"{port}\n")
            os.rename(options.port_file + ".new", options.port_file)
        print(f"listening on 127.0.0.1:{port}", flush=True)
        await ended


def main():
    parser = argparse.ArgumentParser(description="the demonstration's application")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--port-file")
    parser.add_argument("--log")
    options = parser.parse_args()
    log = open(options.log, "a") if options.log else None
    asyncio.run(serve(options, log))


main()
