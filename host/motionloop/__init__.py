import logging

# Silent until a program asks for a log: `motionloop.log`, or handlers of its own.
logging.getLogger(__name__).addHandler(logging.NullHandler())
