"""The engine: files in, search results out. No Qt.

    command_line/                                  the command line; may read beside a running engine
    server.py, answers.py                          the same engine for the window: JSON lines on stdio
        │
    engine.py         one per data directory: owns the lock, the store and the threads below
        ├── works.py                               all that goes on without a question, put together
        │   ├── disk/      library.py              the disk → rows that wait
        │   ├── work/      indexing.py             rows that wait → vectors; closer looks, words, pictures
        │   └── inference/ model_loop.py           the one thread that runs the models, and what waits for it
        ├── courtesy/      politeness.py           whether that may go on now, and if not, why
        ├── reporting.py ◄─ last_status.py         the state of all that, told while it changes, and kept
        ├── searching.py ─► query_pictures.py      a question → stages of results
        ├── previewing.py                          one file large, with its words
        └── downloading.py                         fetches models for the window
                │
    ingest/   store/   search/   models/           decoding · the database · ranking · the networks

    protocol.py  messages/  kinds.py  words.py  wire.py  settings.py  paths.py  errors.py
                                                   what the window may import, too
    launch.py                                      a second start tells the window that is open
    backup.py, upkeep.py                           the whole library in one file, and back; check and repair
    logs.py ◄─ discreet.py                         what went wrong, without names and contents of files
    drives/                                        whether a folder's disk is there and answers, and where
    lock.py  offline.py  connections.py  progress.py  priority.py     one small job each
    demo/  evaluation/                             `sightline demo`, `sightline evaluate`

Imports go down; between packages import-linter holds that.

Threads of a running engine: *requests* (the caller's), *library* (compares disk and store: events of the
folder watcher and full scans), *decode* (one per decoder process: opens files ahead of the models),
*models* (imports torch, loads the weights and makes every forward pass; on the processor those of indexing in
*models-index*, at low priority), *writer* (one transaction per file), *politeness* (looks twice a second,
seldom when idle, whether work may go on), *sharpen* (closer looks, when no file waits), *reading* (words
in pictures, when nothing else is to be done), *switching* (asleep unless the embedder was changed),
*catching-up* (what an earlier setting left out, after all else), *search* (one question at a time, the
newest; what only counts comes last), *status* (at most four lines a second), *knock at …* (one per watched
folder that was asked whether it answers and has not yet), *touch* (each only as long as it touches files).

Why SQLite opens before anything else: names and words are searchable 0.1 to 0.3 s after the start, while
the weights are still being read. Importing torch takes 2 s, so no module below this package imports
it when the program starts; only the models thread does.

Why a preview is answered out of order: drawing a page takes as long as a search may take in all. One thread
beside the requests' draws, another counts and measures, which takes longer still; a third changes what
is indexed, in the order in which that was asked for. Whatever else is asked meanwhile is answered first.

Why a part of a picture is cut from the original and not from its preview: a face in a group is forty pixels
wide there. It becomes a picture of the question like any other, so words can be added to it.

Why a shot of the screen travels inside its request: it was promised to lie on no disk, and a file, however
private and short-lived, would be on one.

Why a lock file held by the operating system and not a pid to compare: a lock dies with its process, also
after `kill -9` and a power cut, so there is never a stale one to explain to anybody.
"""

__version__ = "0.1.0"
