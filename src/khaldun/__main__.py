"""`python -m khaldun` is the command line, for an environment whose scripts are not on the path."""

from khaldun.cli import main

if __name__ == "__main__":
    main()
