"""The guard: a reader with a search program, who knows every value that must stay inside."""
