"""Programs for whoever develops the product; no part of it."""
