"""What lies on the disks, and the rows that say so: from a change on a disk to a row that waits.

library.py ─► reconcile.py                  events and full comparisons → rows: walking.py, changes.py,
                                            known.py
presence.py                                 whether a folder's drive is there, and where
scoping.py                                  what a person leaves out of it, and takes out for good
named_folders.py                            which folder a person means
"""
