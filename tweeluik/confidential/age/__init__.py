"""age: who can open, to whom is sealed, and the one module that seals."""
