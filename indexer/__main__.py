"""`python -m indexer ...` is the command line."""

import sys

from indexer.command_line.cli import main

if __name__ == "__main__":
    sys.exit(main())
