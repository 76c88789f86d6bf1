"""The indexed folders: how far they are, why work waits, and what went wrong.

    library_dialogs.py    opens the page, adds and removes folders; status_line.py: the same in one line
    indexing_page.py      progress_panel.py, folders_page.py (with coverage_meter.py) and problems_page.py

Why removing a folder asks first, and leaving files out does not: the one throws away what may have taken days
to look at, the other can be undone where it is said.
"""
