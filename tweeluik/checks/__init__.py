"""Adversaries: they read what a downloader reads, and import nothing of the source or the true tables."""
