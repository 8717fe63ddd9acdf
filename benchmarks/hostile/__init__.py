"""Boards and folders of somebody who means harm, each against the real program."""
