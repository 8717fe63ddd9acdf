"""Checks that know physics and people: what is wrong with recordings, before a model is made."""
