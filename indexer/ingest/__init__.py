"""Files in, segments out: what a file is, and the parts of it that can be found.

    segments.py                 `Item` and `Segment`: what all of it yields

    in the engine's process, where nothing is decoded
      scan.py                   the truth: what lies in a folder now
      watch.py, watch_linux.py  hints: where something has just changed
      rules.py, signatures.py   what is media, by content and by name; what is left out and why
      items.py                  opening an original, and the hash of its content
      decoders.py               the pool of child processes
      thumbnails.py             JPEGs in the cache

    in a decoder process
      worker.py                 takes a request, dispatches by content
      images.py                 a picture: colours.py (any mode to RGB), screenshots.py (the score)
      video.py                  a film: frames.py (the interface), av_reader.py, decord_reader.py,
                                shots.py (where to cut it)
      documents.py              PDF pages
      passages.py               plain text
      raster.py                 sizes and JPEGs
      metadata/                 what a file says about itself: dates, cameras, places, people's words

A new format is an entry in `rules.py`, a case in `worker.py`, and a function that yields one `Item`, then its
`Segment`s.

Why every file is opened in a child process: image, video and PDF codecs are large native libraries fed
with files from anywhere. One bad file may crash, hang or exhaust them; then it is one row among the
problems, and neither the engine with its loaded models nor the next file notices. Children are spawned,
never forked (the engine has threads), and import neither torch nor the database.

Why segments are streamed: an hour of video is some 450 segments. One at a time goes through the pipe,
and the child waits until it is taken, so memory stays flat however long the film is.

Why the watcher is not believed: no platform reports every change (queues overflow, network drives are
silent). Its events say where to look; a comparison of the disk with the index says what happened.
"""
