"""The source: `content/` read into frozen records, each with its place."""
