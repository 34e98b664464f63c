"""Typeset documents of both panels."""
