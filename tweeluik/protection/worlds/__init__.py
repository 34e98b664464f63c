"""Other worlds that fit everything ever published: what nobody can exclude. It searches; the audit counts."""
