"""The sealed bundle of an edition: what the House may read, its papers, its receipts, and opening it again."""
