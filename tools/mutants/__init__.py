"""Small changes of the code that a test must notice: `make mutants` names those that none does."""
