"""Answers one question at a time, the newest, and gives the models' part of it to the models thread.

The words stage needs only the database, so it is answered while the models are still being loaded or busy;
the later stages follow by themselves.
"""
