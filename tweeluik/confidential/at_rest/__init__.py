"""The source at rest: files that are kept sealed, opened in memory or in a private folder only."""
