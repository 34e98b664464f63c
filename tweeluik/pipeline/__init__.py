"""The build as a list of steps, from the source to checked bytes, and its summary."""
