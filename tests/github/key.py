"""Keys and secrets, made new for every run."""

from __future__ import annotations

import secrets
import string
from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.jwk import RSAKey

LETTERS = string.ascii_letters + string.digits


def secret(length: int) -> str:
    """Random letters and digits."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


@cache
def private_pem(name: str) -> str:
    """An RSA key as GitHub hands it out: PKCS#1, PEM. One for each name in a run."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = made.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return pem.decode()


def own_pem() -> str:
    """The key with which this GitHub signs its stateless tokens."""
    return private_pem("")


@cache
def rsa_key(pem: str) -> RSAKey:
    """The key in a PEM text; reading one takes longer than using it."""
    return RSAKey.import_key(pem)
