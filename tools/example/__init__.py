"""The invented example: organisations and conversations drawn with a seed, around fixed texts."""
