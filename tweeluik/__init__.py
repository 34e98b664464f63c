"""Tweeluik: one source, a public report and a sealed bundle."""

__version__ = "0.1.0"
