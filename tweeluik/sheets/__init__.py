"""Spreadsheets: what people fill in, read with care and given back; the source exported to be filled in."""
