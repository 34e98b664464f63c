"""A recount by programs that share no line with the product: from the YAML to every number that readers see."""
