"""The command line: arguments become one frozen record per command, and a command tells what it did."""
