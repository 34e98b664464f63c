"""The play: five years of an invented ministry, event by event."""
