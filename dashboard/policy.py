"""The headers every answer of the server carries, as plain text from plain settings.

Knows what Streamlit's front end needs to run and nothing more than that is allowed. Leaves out how answers are
intercepted (`dashboard.server`) and what the page's shell says (`dashboard.shell`).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

YEAR = 365 * 24 * 3600
# A site that may frame the page: scheme, host (one leading wildcard label allowed), port. No paths, no bare `*`.
_SITE = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?")
_HOST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?|\[[0-9A-Fa-f:]{2,39}\](?::[0-9]{1,5})?")
# Everything a news page has no use for. `clipboard-write` stays: the toolbar of a table copies.
_UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip


class SettingError(ValueError):
    """A setting that would not do what it says; the message says what to write instead."""


class Settings(NamedTuple):
    """What whoever hosts the page decides."""

    ancestors: str = "'self'"  # who may frame the page
    url: str = ""  # the public address without a trailing slash, "" where it is not told


def read_settings(environ: Mapping[str, str]) -> Settings:
    """YOUJU_FRAME_ANCESTORS and YOUJU_URL. Raises SettingError for what cannot go into a header as it is."""
    return Settings(_read_ancestors(environ.get("YOUJU_FRAME_ANCESTORS", "")), _read_url(environ.get("YOUJU_URL", "")))


def _read_ancestors(words: str) -> str:
    sites = words.split() or ["self"]
    bare = [site.strip("'") for site in sites]
    for site in bare:
        if site not in ("self", "none") and not _SITE.fullmatch(site):
            raise SettingError(
                f"YOUJU_FRAME_ANCESTORS: {site!r} 不是网站地址；请写 self、none 或 https://example.org 这样的地址，用空格隔开。"
                " is not a site; write self, none or addresses like https://example.org, separated by spaces."
            )
    if "none" in bare and len(bare) > 1:
        raise SettingError("YOUJU_FRAME_ANCESTORS: none 只能单独写。 none stands alone.")
    return " ".join(f"'{site}'" if site in ("self", "none") else site for site in bare)


def _read_url(url: str) -> str:
    url = url.strip().rstrip("/")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.netloc)) and not parts.query and not parts.fragment
    except ValueError:
        fine = False
    if not fine or not re.fullmatch(r"[A-Za-z0-9:/._~%\[\]-]+", url):
        raise SettingError(
            f"YOUJU_URL: {url!r} 不是网址；请写浏览器里看到的地址，如 https://example.org/news。"
            " is not an address; write the one visitors see, like https://example.org/news."
        )
    return url


def base_url(settings: Settings, scheme: str, host: str, prefix: str) -> str:
    """The page's own address without a trailing slash; "" where Host is nothing a browser would send."""
    if settings.url:
        return settings.url
    if scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    return f"{scheme}://{host}{prefix}"


def source_hash(script: str) -> str:
    """An inline script as CSP names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode('ascii')}'"


def page_policy(scripts: Iterable[str], ancestors: str) -> str:
    """The Content-Security-Policy of the page; `scripts` are the inline scripts that are ours or Streamlit's.

    - No 'unsafe-eval': Streamlit has Vega interpret expressions instead of compiling them.
    - `blob:` for scripts: Streamlit loads the parts of `st.components.v2` from blobs. A blob can only be made by a
      script that already runs, so markup cannot use it.
    - 'wasm-unsafe-eval': the front end reads 64-bit numbers of its messages with a few bytes of WebAssembly. It
      compiles no JavaScript.
    - 'unsafe-inline' for styles: Streamlit's front end, its tables and Vega's labels set styles in place. A style
      cannot load anything from elsewhere, since every source of images and fonts is this server.
    """
    return "; ".join((
        "default-src 'none'",
        f"script-src 'self' blob: 'wasm-unsafe-eval' {' '.join(source_hash(script) for script in scripts)}".rstrip(),
        "script-src-attr 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        f"frame-ancestors {ancestors}",
    ))  # fmt: skip


# Anything else the server hands out is data: opened as a document it runs nothing and loads nothing.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"


def common_headers(settings: Settings) -> dict[str, str]:
    """What every answer carries, whatever it is."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    }
    if settings.url.startswith("https://"):  # only who said that the page is reached by https may bind browsers to it
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return headers


def frame_options(ancestors: str) -> str:
    """The older header that says the same, where it can say it; "" for a list of sites."""
    return {"'self'": "SAMEORIGIN", "'none'": "DENY"}.get(ancestors, "")
