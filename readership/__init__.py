"""Readership: a newsroom that its readers pay for and talk in. Imports point down the list in docs/architecture.md."""

__version__ = "0.1.0"
