"""The confidential panel: a dossier that names organisations, sealed with age for the members of the House."""
