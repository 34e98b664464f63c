"""What both panels and both checks must agree on: names, Dutch numbers and dates, labels."""
