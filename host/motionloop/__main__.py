"""`python -m motionloop` is `motionloop`."""

from motionloop.cli import main

if __name__ == "__main__":
    main()
