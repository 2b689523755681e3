"""Signing in: who of those that an identity provider vouches for may edit, and the buttons to sign in and out.

Knows the allow list and when an identity counts: read from a signed cookie, its address verified by the provider, its
token not past its end, not signed out. Closed unless `[auth]` in secrets.toml, Authlib, a list and a safe set-up are
all there. Leaves out OpenID Connect itself (`st.login`) and editing on the machine itself (`dashboard.editing`).
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import streamlit as st

from dashboard.style import put_html, text

if TYPE_CHECKING:
    from dashboard.frame import Page

EDITORS, EDITORS_FILE = "YOUJU_EDITORS", "YOUJU_EDITORS_FILE"
SHORTEST_SECRET = 32  # characters of cookie_secret: with a guessed one anybody can write an editor's cookie
_ENTRA = "https://login.microsoftonline.com/"
_MOST_LIST = 1 << 20  # bytes of the list of editors
# An address as it stands in the list: exact, without blanks and wildcards; `Name <address>` gives the name to be shown.
_ENTRY = re.compile(r"(?:([^<>]*?)\s*<)?([^\s<>@,;*?]+@[^\s<>@,;*?]+)(>?)")


class Identity(NamedTuple):
    """Whoever has signed in. `why` says why they may not edit, as a phrase of `dashboard.words`; "" where they may."""

    address: str
    name: str
    why: str


def read_editors(words: str) -> dict[str, str]:
    """Addresses, as they are compared, with the name to be written for each; entries apart by comma, semicolon or line.

    An entry that is no plain address is left out: `*@example.org` lets nobody in.

    >>> read_editors("Lin@Example.org, 周明 <zhou@example.org>\\n*@example.org  # all")
    {'lin@example.org': 'Lin@Example.org', 'zhou@example.org': '周明'}
    """
    found = {}
    for line in words.splitlines():
        for entry in re.split(r"[,;]", line.partition("#")[0]):
            match = _ENTRY.fullmatch(entry.strip())
            if match and (match[1] is not None) == (match[3] == ">"):
                found[comparable(match[2])] = (match[1] or "").strip(" \"'") or match[2]
            elif entry.strip():
                _tell(f"{EDITORS}: 不是邮箱地址,已略过 no address, left out: {entry.strip()[:80]!r}")
    return found


def comparable(address: str) -> str:
    """Upper and lower case are one, in ASCII only: elsewhere folding makes different addresses equal (K for K)."""
    return address.lower() if address.isascii() else address


def editors() -> dict[str, str]:
    """The list as it is now: the file is read anew each time, so that whoever is taken out is out at once."""
    words = os.environ.get(EDITORS, "")
    named = os.environ.get(EDITORS_FILE, "")
    if named:
        try:
            with Path(named).open(encoding="utf-8-sig") as file:
                words += "\n" + file.read(_MOST_LIST)
        except (OSError, ValueError) as error:
            _tell(f"{EDITORS_FILE}: {named}: {getattr(error, 'strerror', None) or error}")
    return read_editors(words)


def find_identity(user: Mapping[str, Any], listed: Mapping[str, str], now: float, ended: Mapping[str, float]) -> Identity | None:
    """What the claims of an identity token allow; None for whoever has not signed in. `now` in seconds since 1970."""
    if user.get("is_logged_in") is not True:
        return None
    address = user.get("email")
    address = address.strip() if isinstance(address, str) else ""
    ends = user.get("exp")
    if isinstance(ends, bool) or not isinstance(ends, int | float) or not now < ends or print_of(user) in ended:
        return Identity(address, "", "si_expired")
    if not address or not is_verified(user):
        return Identity(address, "", "si_unverified")
    name = listed.get(comparable(address), "")
    return Identity(address, name, "" if name else "si_not_listed")


def is_verified(user: Mapping[str, Any]) -> bool:
    """Whether the provider vouches for the address: `email_verified` (OpenID Connect Core 1.0, 5.1), or of Microsoft
    Entra, which has no such claim, `xms_edov`, "email domain owner verified" (its optional claims reference)."""
    if user.get("email_verified") in (True, "true"):
        return True
    return str(user.get("iss", "")).startswith(_ENTRA) and user.get("email_verified") is None and user.get("xms_edov") in (True, 1, "1", "true")


def print_of(user: Mapping[str, Any]) -> str:
    """Stands for one sign-in: the same in every tab and for every copy of its cookie."""
    claims = [str(user.get(name, "")) for name in ("iss", "sub", "email", "iat", "exp", "nonce", "sid")]
    return sha256("\0".join(claims).encode("utf-8", "replace")).hexdigest()


def identity() -> Identity | None:
    """Whoever has this page open, asked anew at every call; None where sign-in is closed or nobody has signed in."""
    if not providers():
        return None
    return find_identity(st.user.to_dict(), editors(), time.time(), _ended().ends)


def providers() -> tuple[str, ...]:
    """Names of the identity providers in secrets.toml, `default` for an unnamed one; none where sign-in is closed."""
    if not st.secrets.load_if_toml_exists():
        return ()
    auth = st.secrets.get("auth")
    if not isinstance(auth, Mapping):
        return ()
    if unsafe := find_unsafe(auth, bool(st.get_option("server.trustedUserHeaders"))):
        _tell(f"secrets.toml [auth]: {unsafe}")
        return ()
    named = [name for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section and "_" not in name]
    return (*(("default",) if "client_id" in auth else ()), *named)


def find_unsafe(auth: Mapping[str, Any], trusted_headers: bool) -> str:
    """Why sign-in stays closed with these settings, "" where nothing stands against it."""
    target = urlsplit(str(auth.get("redirect_uri", "")).replace("{port}", "1"))
    if find_spec("authlib") is None:
        return "缺少 Authlib,请 pip install -r requirements.txt / Authlib is missing, install requirements.txt"
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST_SECRET:
        return f"cookie_secret 太短,请用 openssl rand -hex 32 / too short, make {SHORTEST_SECRET} characters or more with openssl rand -hex 32"
    if target.scheme != "https" and not (target.scheme == "http" and target.hostname in ("localhost", "127.0.0.1", "::1")):
        return "redirect_uri 须是 https:// / must be https://, or the cookie of an editor can be read on the way"
    if trusted_headers:
        return "与 server.trustedUserHeaders 不能同用 / cannot go with server.trustedUserHeaders, which lets headers say who somebody is"
    return ""


class _Ended:
    """Sign-ins that were ended before their token was: Streamlit ends only the tab where the button is."""

    def __init__(self) -> None:
        self.ends: dict[str, float] = {}
        self._lock = Lock()

    def add(self, key: str, ends: float) -> None:
        with self._lock:
            now = time.time()
            self.ends = {k: end for k, end in self.ends.items() if end > now} | {key: ends}


@st.cache_resource(show_spinner=False)
def _ended() -> _Ended:
    return _Ended()


def sign_out() -> None:
    """End this sign-in in every tab, and go through the provider's own end of session where it has one."""
    user = st.user.to_dict()
    ends = user.get("exp")
    _ended().add(print_of(user), float(ends) if isinstance(ends, int | float) else time.time())
    st.logout()


def show_account(page: Page) -> None:
    """In the masthead: a button for each provider, or who has signed in and the way out; nothing where sign-in is closed."""
    names = providers()
    someone = identity() if names else None
    if someone is not None:
        label = someone.name or someone.address or "?"
        with st.container(width="content"):
            put_html(f'<span class="yj-note yj-account" title="{text(page.say("si_as", who=someone.address))}">{text(label)}</span>')
        st.button(page.say("si_out"), key="yj-sign-out", type="tertiary", on_click=sign_out)
        return
    for name in names:
        label = page.say("si_in") if len(names) == 1 else f"{page.say('si_in')} ({name})"
        st.button(label, key=f"yj-sign-in-{name}", type="tertiary", on_click=st.login, args=(name,))


@cache
def _tell(words: str) -> None:
    """Once to the operator's log; never to a visitor."""
    print(words, file=sys.stderr, flush=True)
