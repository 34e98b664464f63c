"""`python -m tweeluik`."""

from tweeluik.cli.main import run

if __name__ == "__main__":
    run()
