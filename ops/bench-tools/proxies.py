"""wafd, nginx and haproxy, one worker each, set up alike before one backend."""

import os
import pathlib
import shutil

import kit
from processes import Program, cores, free_port

WAFD_CONFIGURATION = """\
worker_processes 1;
pid wafd.pid;
error_log error.log error;
rule_store store;
control_socket control.sock;
http {{
    upstream backend {{ server 127.0.0.1:{backend}; keepalive 64; }}
    {settings}
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 20m;
        location / {{
            proxy_pass http://backend;
            waf_websocket {websocket};
        }}
    }}
}}
"""

# Nothing that costs and that wafd would not do: no access log, 64 KiB buffers, connections to the
# backend kept.
NGINX_CONFIGURATION = """\
{user}
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log error;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/client_body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 1000000000;
    client_body_buffer_size 256k;
    client_max_body_size 20m;
    proxy_buffer_size 64k;
    proxy_buffers 8 64k;
    proxy_busy_buffers_size 128k;
    proxy_http_version 1.1;
    upstream backend {{ server 127.0.0.1:{backend}; keepalive 64; keepalive_requests 1000000000; }}
    map $http_upgrade $connection_upgrade {{ default upgrade; '' ''; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://backend;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
"""

# Its buffers are as large as nginx's.
HAPROXY_CONFIGURATION = """\
global
    nbthread 1
    maxconn 4096
    tune.bufsize 65536
defaults
    mode http
    timeout connect 5s
    timeout client 60s
    timeout server 60s
    timeout tunnel 1h
frontend load
    bind 127.0.0.1:{port}
    default_backend echo
backend echo
    server backend 127.0.0.1:{backend}
"""


class Proxy:
    """A proxy that serves; a context manager. Its one worker runs on the first core."""

    def __init__(self, name, argv, folder, port, environment=None, has_master=True):
        self.name = name
        self.folder = folder
        self.port = port
        self.has_master = has_master
        self.worker_pid = None
        self.program = Program(argv, cores()[0], folder / "output", environment)

    def __enter__(self):
        self.program.__enter__()
        try:
            self.program.wait_for_port(self.port)
            self.worker_pid = self.program.only_child() if self.has_master else self.program.pid
        except BaseException:
            self.program.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.program.__exit__()


def wafd(folder, backend_port, environment=None, binary=None, settings="", websocket="on", name="wafd"):
    folder = make_folder(folder, name)
    port = free_port()
    text = WAFD_CONFIGURATION.format(port=port, backend=backend_port, settings=settings, websocket=websocket)
    (folder / "wafd.conf").write_text(text)
    argv = [binary or kit.gateway(), "-p", f"{folder}/", "-c", "wafd.conf"]
    return Proxy(name, argv, folder, port, environment)


def nginx_program():
    """The path of nginx, None where it is not installed."""
    return program("nginx")


def program(name):
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    return pathlib.Path(path) if path else None


def others(folder, backend_port):
    """nginx and haproxy, those that are installed."""
    found = []
    if nginx_program():
        found.append(nginx(folder, backend_port))
    if program("haproxy"):
        found.append(haproxy(folder, backend_port))
    return found


def haproxy(folder, backend_port):
    folder = make_folder(folder, "haproxy")
    port = free_port()
    (folder / "haproxy.cfg").write_text(HAPROXY_CONFIGURATION.format(port=port, backend=backend_port))
    argv = [program("haproxy"), "-db", "-f", folder / "haproxy.cfg"]
    return Proxy("haproxy", argv, folder, port, has_master=False)


def nginx(folder, backend_port):
    folder = make_folder(folder, "nginx")
    port = free_port()
    # Its worker would become an account that can not write to the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX_CONFIGURATION.format(user=user, folder=folder, port=port, backend=backend_port)
    (folder / "nginx.conf").write_text(text)
    argv = [nginx_program(), "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
    return Proxy("nginx", argv, folder, port)


def make_folder(folder, name):
    path = pathlib.Path(folder) / name
    path.mkdir()
    return path
