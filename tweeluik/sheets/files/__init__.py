"""Files of spreadsheet programs -> sheets of cells, and back. Nothing here knows what a cell is about."""
