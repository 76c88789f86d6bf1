"""Files in, segments out: what a file is, and the parts of it that can be found.

    rules.py       which names and contents are media, what is left out and why
    scan.py        the truth: what lies in a folder now           (engine process, no decoding)
    watch.py       hints: what has just changed                   (engine process, no decoding)
    items.py       opening an original, and the hash of its content
    decoders.py    the pool of child processes                    (engine process)
    worker.py      what runs in such a child; dispatches to:      (decoder process from here on)
      images.py, screenshots.py       a picture, upright and reduced
      video.py, frames.py, shots.py   clips: seconds of a film between two cuts
      documents.py, passages.py       PDF pages; passages of plain text
    segments.py    `Item` and `Segment`, what all of it yields
    thumbnails.py  JPEGs in the cache

A new format is an entry in `rules.py` and a function that yields one `Item`, then its `Segment`s.

Why every file is opened in a child process: image, video and PDF codecs are large native libraries fed
with files from anywhere. One bad file may crash, hang or exhaust them; then it is one row among the
problems, and neither the engine with its loaded models nor the next file notices. Children are spawned,
never forked (the engine has threads), and import neither torch nor the database.

Why segments are streamed: an hour of video is some 450 segments. One at a time goes through the pipe,
and the child waits until it is taken, so memory stays flat however long the film is.

Why the watcher is not believed: no platform reports every change (queues overflow, network drives are
silent). Its events say where to look; a comparison of the disk with the index says what happened.
"""
