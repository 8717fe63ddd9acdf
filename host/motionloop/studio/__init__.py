"""The window: record, label, retrain and flash, live. The only importer of Qt.

`session` is the one bridge between the window's thread and asyncio's; views call it and listen
to its signals.
"""
