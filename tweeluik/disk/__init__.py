"""The writers: a tree in one swap, private files, files of the register. Nothing else writes to the disk."""
