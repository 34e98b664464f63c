"""Who and what an edition is about, and the true tables: confidential."""
