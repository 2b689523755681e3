"""A real OpenID Connect provider on loopback that can be told to issue tokens nobody should believe."""

from __future__ import annotations

import json
import os
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import flask
from authlib.deprecate import AuthlibDeprecationWarning

# What packages of the tests say of each other. Authlib puts a filter of its own before those of pytest when it is
# imported, so only one put before that is heard.
with warnings.catch_warnings():
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    import oidc_provider_mock
    from oidc_provider_mock import _server, _storage

CLIENT = "youju-test"
Claims = dict[str, Any]
# What each broken token has instead of what it should have; the provider signs it with its own key unless said.
TWISTS: dict[str, Callable[[Claims], Claims]] = {
    "expired": lambda claims: claims | {"iat": int(time.time()) - 7200, "exp": int(time.time()) - 3600},
    "another audience": lambda claims: claims | {"aud": "somebody-else"},
    "another issuer": lambda claims: claims | {"iss": "https://issuer.example.org"},
    "another nonce": lambda claims: claims | {"nonce": "replayed"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "no subject": lambda claims: {name: value for name, value in claims.items() if name != "sub"},
    "another key": lambda claims: claims,
    "no signature": lambda claims: claims,
    "not a token": lambda claims: claims,
}


class Provider:
    """The provider; `twist` names what its next tokens have wrong, "" for good ones."""

    def __init__(self, users: dict[str, Claims]) -> None:
        self.twist = ""
        self.url = ""
        os.environ.setdefault("AUTHLIB_INSECURE_TRANSPORT", "1")  # loopback without TLS
        self.app = oidc_provider_mock.app(
            user_claims=[_storage.User(sub=sub, claims=claims) for sub, claims in users.items()]
        )
        self.app.after_request(self._twisted)

    def _twisted(self, response: flask.Response) -> flask.Response:
        if not self.twist or flask.request.path != "/oauth2/token" or response.status_code != 200:
            return response
        body = json.loads(response.get_data())
        body["id_token"] = self._forge(body["id_token"])
        response.set_data(json.dumps(body))
        return response

    def _forge(self, good: str) -> str:
        from joserfc import jwt
        from joserfc.jwk import RSAKey

        key = RSAKey.import_key(flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
        token = jwt.decode(good, key)
        claims = TWISTS[self.twist](dict(token.claims))
        match self.twist:
            case "another key":
                return jwt.encode({"alg": "RS256", "kid": token.header.get("kid")}, claims, RSAKey.generate_key(2048))
            case "no signature":
                return jwt.encode({"alg": "none"}, claims, key, algorithms=["none"])
            case "not a token":
                return "a.b.c"
        return jwt.encode({"alg": "RS256", "kid": token.header.get("kid")}, claims, key)


@contextmanager
def run_provider(users: dict[str, Claims]) -> Iterator[Provider]:
    """The provider with these users, by subject, until the block ends."""
    provider = Provider(users)
    with _server._threaded_server(provider.app) as server:
        provider.url = f"http://localhost:{server.server_port}"
        yield provider


def secrets_text(provider: str, secret: str) -> str:
    """A secrets.toml that signs in there."""
    return (
        f'[auth]\nredirect_uri = "http://localhost:{{port}}/oauth2callback"\ncookie_secret = "{secret}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "x"\nserver_metadata_url = "{provider}/.well-known/openid-configuration"\n'
    )
