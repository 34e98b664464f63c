"""The exact core of table protection: a linear system of cells, its attackers, and patterns that shut them all out.

It knows nothing of partners or tables; `tweeluik.disclosure.system` is its language.
"""
