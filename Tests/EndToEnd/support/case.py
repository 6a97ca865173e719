"""Test cases that share a gateway."""

import unittest

from .backend import Backend
from .gateway import Gateway


class GatewayCase(unittest.TestCase):
    """One gateway and one backend for all tests of a class.

    `http` names the backend's address as `%BACKEND%`.
    """

    http = "server { listen %LISTEN%; location / { proxy_pass http://%BACKEND%; } }"
    files = {}
    main = ""
    workers = 2
    connections = 512
    script = None

    @classmethod
    def setUpClass(cls):
        script = cls.__dict__.get("script") or cls.script
        cls.backend = Backend(script)
        cls.gateway = Gateway(
            cls.http.replace("%BACKEND%", cls.backend.address), cls.files, workers=cls.workers, main=cls.main,
            connections=cls.connections)
        cls.addClassCleanup(cls.backend.stop)
        cls.addClassCleanup(cls.gateway.stop)
        cls.gateway.start()

    def setUp(self):
        self.port = self.gateway.port
        self.backend.forget()
