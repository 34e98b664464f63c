"""The audit: a reader who counts, with every published file and a solver, and who believes no claim."""
