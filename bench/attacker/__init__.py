"""A stranger who kept everything ever published, owns a solver and knows the method.

He shares no code with what he attacks: he reads the public records with a reader of his own, counts the truth (to judge
what he found, never to find it) with rules of his own, and reasons about whole types of organisations: what an
organisation looks like in every publication at once.
"""
