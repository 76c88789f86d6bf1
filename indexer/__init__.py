"""The engine: files in, search results out. No Qt.

    cli.py ─► grammar.py ─► commands.py, ...        the command line; may read beside a running engine
                              command_session.py    what all commands start from
    server.py                                      the same engine for the window: JSON lines on stdio
        │
    engine.py         one per data directory: owns the lock, the store and the threads below
        ├── works.py                               all that goes on without a question, put together
        │   ├── library.py ─► reconcile.py         disk → rows that wait: walking.py, changes.py, known.py
        │   │       presence.py ─► volumes.py, answering.py    whether a folder's disk is there, and where
        │   ├── work_queue.py ─► indexing.py       rows that wait → vectors
        │   │       file_job.py  decoded.py        one file on that way; what decoders give, as rows
        │   │       pace.py                        how long that will take
        │   ├── sharpening.py                      a second, closer look, when no file waits
        │   ├── reading.py                         pictures → words, when nothing else is to be done
        │   ├── switching.py                       another embedder, while the old one answers
        │   ├── catching_up.py                     what is wanted or possible since: parts of pictures, pages
        │   ├── picturing.py ─► preview_room.py    thumbnails and previews: lost ones, and too many
        │   │       background.py                  the shape of these five
        │   │       looking_again.py               for three: a file's segments decoded and embedded once more
        │   └── model_loop.py ◄─ model_work.py     the one thread that runs the models, and what waits for it
        │           held_models.py ◄─ loading.py   which of them are loaded, and in memory
        ├── scoping.py                             what a person leaves out of it, and takes out for good
        ├── politeness.py ◄─ pressure.py, full_screen.py     whether that may go on now, and if not, why
        ├── reporting.py                           the state of all that, told while it changes
        ├── searching.py ─► query_pictures.py      a question → stages of results
        ├── previewing.py                          one file large, with its words
        └── downloading.py                         fetches models for the window
                │
    ingest/   store/   search/   models/           decoding · the database · ranking · the networks

    launch.py                                      a second start tells the window that is open
    data_commands.py ─► backup.py, upkeep.py       the whole library in one file, and back; check and repair
    protocol.py  *_messages.py  query_parts.py  kinds.py  words.py  wire.py  settings.py  paths.py  errors.py
                                                   what the window may import, too
    logs.py ◄─ discreet.py                         what went wrong, without names and contents of files
    status_commands.py ◄─ last_status.py           the state of a running engine beside it
    doctor.py  machine.py                          what this computer can run, and what stands in the way
    named_folders.py                               which folder a person means
    lock.py  offline.py  connections.py  progress.py  priority.py  windows_drives.py     one small job each
    demo/  evaluation/                             `sightline demo`, `sightline evaluate`

Threads of a running engine: *requests* (the caller's), *library* (compares disk and store: events of the
folder watcher and full scans), *decode* (one per decoder process: opens files ahead of the models),
*models* (imports torch, loads the weights and makes every forward pass; on the processor those of indexing in
*models-index*, at low priority), *writer* (one transaction per file), *politeness* (looks twice a second,
seldom when idle, whether work may go on), *sharpen* (closer looks, when no file waits), *reading* (words
in pictures, when nothing else is to be done), *switching* (asleep unless the embedder was changed),
*catching-up* (what an earlier setting left out, after all else), *search* (one question at a time, the
newest; what only counts comes last), *status* (at most four lines a second), *knock at …* (one per watched
folder that was asked whether it answers and has not yet), *touch* (each only as long as it touches files).

Why the models have one thread with a queue and not a lock: a search must pass every waiting micro-batch
of indexing. Searches are taken first, index work is cut into batches sized by time, and nothing else has
to know about it. No CUDA stream priorities are needed for an answer within one batch.

Why a folder is known by its disk and its path on it, and not by its path alone: a drive gets another letter
or mount point, and another drive gets its place. An id that the disk carries tells both apart without opening
a file; where there is none, an empty mount point is recognised by its device number.

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

Why background work waits by measures that cost microseconds, twice a second: a film that begins, or a plug
that is pulled, must be felt within a second, and nothing tells programs of either on every system. Each
measure is one function returning a number, so what makes it wait can be tested without a hot processor.

Why time left is reckoned by kind: a film costs a hundred photos, and one rate for all files lies (pace.py).

Why files wait while names are entered: a folder of 200,000 files is findable by name within a minute, and
would not be for an hour beside decoders. Then the newest are read first, as people look for those most;
before them what lies in the folder that was added, searched in or looked into last: somebody waits for that.

Why index work on the processor has a thread of its own below the models': a priority can be lowered and never
raised again, and a search must not compute at the priority of indexing.

Why a pause is a row in the index: it survives a restart, and the command line can ask it of an engine that
runs without a second way of talking to it.

Why decoders are held by a shared byte and not by stopping their processes: a stopped process that loses its
engine stays for ever, and one with a lock could be killed while it holds it.

Why a file's attempt is counted before it is opened: a crash leaves the count behind. Whatever was in
flight when an engine died is tried again last and alone, so a second crash has exactly one suspect. A closer
look is counted the same way; where it ends badly, the quick look stays, as that is there already.

Why a file that another program has locked waits on, and no attempt is counted: nothing is wrong with it, and
the lock goes without a change of size or time by which a failed one would be tried again.

Why each file is touched in a thread that lives no longer: a server that stops answering keeps whoever touches
its files in the kernel, and nothing ends that. Whoever waits for the thread gives it up once the folder is
silent, so the outage costs a few sleeping threads and neither a decoder nor the rest of the library.

Why a lock file held by the operating system and not a pid to compare: a lock dies with its process, also
after `kill -9` and a power cut, so there is never a stale one to explain to anybody.
"""

__version__ = "0.1.0"
