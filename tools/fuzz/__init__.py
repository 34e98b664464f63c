"""Readers of what strangers hand over, on bytes that nobody would write."""
