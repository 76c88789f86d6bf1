"""Hints where something has just changed.

    watch.py                  all watched folders; watch_linux.py, watch_mac.py and watch_windows.py: how the
                              system tells, and that it lost something
    root.py                   one of them: where it leads, and what is known of it
    watchable.py              which folders it says nothing of
    watch_notes.py            why changes in a folder are noticed late

Why the watcher is not believed: no platform reports every change (queues overflow, network drives are
silent). Its events say where to look; a comparison of the disk with the index says what happened.

Why sticks and cards are not watched on Windows: it holds the folder open, and Windows then refuses to eject
the drive and does not say why. Hearing of the wish to eject (DBT_DEVICEQUERYREMOVE) would keep both, for hard
disks on USB as well, but needs a window or a callback of Windows, and has not been tried.
"""
