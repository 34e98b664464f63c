"""The door: `release` hands on what the public may know, `withheld` names everything that it may not."""
