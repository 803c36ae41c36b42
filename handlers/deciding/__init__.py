"""Deciding: the coordinator's queue of applications."""
