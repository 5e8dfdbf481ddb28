"""Shared fixtures; the network is closed for every test."""

from __future__ import annotations

import socket

import pytest

from scorer.parse.parser import Parser


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser.load()
