"""The proxies of deploy/, run from their own files with ports and certificate put in for the test."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import PATIENCE, ROOT, end, free_port

DEPLOY = ROOT / "deploy"
SITE = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{site} }}
"""


# A name that is not this machine's own, yet leads here: browsers take every name below .localhost to the loopback.
NAME = "youju.localhost"


class NotStarted(AssertionError):
    """A proxy that ended before it answered, with what it said."""


class Proxy:
    """A running proxy in front of the page; its address without a trailing slash."""

    def __init__(self, url: str, command: list[str], log: Path) -> None:
        self.url, self.log = url, log
        with log.open("wb") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env={"HOME": str(log.parent), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
        for _ in range(PATIENCE // 100):
            time.sleep(0.1)
            if self.process.poll() is not None:  # also where another process answers on its port
                break
            with contextlib.suppress(OSError):
                _greet(url)
                return
        self.stop()
        raise NotStarted(f"{command[0]} did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")

    def stop(self) -> None:
        end(self.process)


def _greet(url: str) -> None:
    """Connect, and shake hands where it speaks TLS: Caddy listens before it has made its certificate.

    Raises OSError (ssl.SSLError is one) while it cannot.
    """
    site = urlsplit(url)
    with socket.create_connection(("127.0.0.1", site.port or 0), timeout=2) as connection:
        if site.scheme == "https":
            trusting = ssl.create_default_context()
            trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
            trusting.wrap_socket(connection, server_hostname=site.hostname).close()


def put(text: str, *pairs: tuple[str, str]) -> str:
    """Replace words of a committed file; each must be there."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def has(name: str) -> bool:
    return shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin") is not None


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate nobody trusts, as a new site has before its first real one."""
    chain, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=youju", "-keyout", str(key), "-out", str(chain)],
        check=True, capture_output=True,
    )  # fmt: skip
    return chain, key


def nginx(folder: Path, backend: str) -> Proxy:
    """deploy/nginx.conf, with TLS, on a name of its own."""
    port, plain = free_port(), free_port()
    chain, key = certificate(folder)
    site = put(
        (DEPLOY / "nginx.conf").read_text(encoding="utf-8"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"), ("listen 80", f"listen 127.0.0.1:{plain}"), ("youju.example.org;", f"{NAME};"),
        ("/etc/letsencrypt/live/youju.example.org/fullchain.pem", str(chain)), ("/etc/letsencrypt/live/youju.example.org/privkey.pem", str(key)),
        ("127.0.0.1:8501", backend),
    )  # fmt: skip
    return _nginx(folder, site, f"https://{NAME}:{port}")


def nginx_subpath(folder: Path, backend: str) -> Proxy:
    """deploy/nginx-subpath.conf in a site that was there before."""
    port = free_port()
    location = put((DEPLOY / "nginx-subpath.conf").read_text(encoding="utf-8"), ("127.0.0.1:8501", backend))
    return _nginx(folder, f"server {{ listen 127.0.0.1:{port}; server_name {NAME}; {location}\n location / {{ return 200 'another site'; }} }}", f"http://{NAME}:{port}/news")


def _nginx(folder: Path, site: str, url: str) -> Proxy:
    conf = folder / "nginx.conf"
    conf.write_text(SITE.format(folder=folder, site=site), encoding="utf-8")
    return Proxy(url, ["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(conf)], folder / "nginx.log")


def caddy(folder: Path, backend: str) -> Proxy:
    """deploy/Caddyfile, with a certificate of Caddy's own."""
    port = free_port()
    site = put((DEPLOY / "Caddyfile").read_text(encoding="utf-8"), ("youju.example.org {", f"https://{NAME}:{port} {{\n\ttls internal"), ("127.0.0.1:8501", backend))
    return _caddy(folder, site, f"https://{NAME}:{port}")


def caddy_subpath(folder: Path, backend: str) -> Proxy:
    port = free_port()
    site = put((DEPLOY / "Caddyfile.subpath").read_text(encoding="utf-8"), ("www.example.org {", f"http://{NAME}:{port} {{"), ("127.0.0.1:8501", backend), ("/var/www/html", str(folder)))
    return _caddy(folder, site, f"http://{NAME}:{port}/news")


def _caddy(folder: Path, site: str, url: str) -> Proxy:
    conf = folder / "Caddyfile"
    conf.write_text(f"{{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n\tstorage file_system {folder}/caddy\n}}\n{re.sub(r'^#.*$', '', site, flags=re.M)}", encoding="utf-8")
    return Proxy(url, ["caddy", "run", "--config", str(conf), "--adapter", "caddyfile"], folder / "caddy.log")
