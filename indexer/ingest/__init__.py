"""Files in, segments out: what a file is, and the parts of it that can be found.

    segments.py                 `Item` and `Segment`: what all of it yields

    in the engine's process, where nothing is decoded
      scan.py                   the truth: what lies in a folder now
      watching/                 hints: where something has just changed
      rules.py, signatures.py   what is media, by content and by name; what is left out and why
      scope.py                  what a person leaves out: rules, ignore files, excluded folders
      items.py                  opening an original, and the hash of its content
      decoders.py               the pool of child processes, child.py one of them
      thumbnails.py             JPEGs in the cache

    in a decoder process
      worker.py                 takes a request, dispatches by content
      pictures/                 pictures, drawings and raw data; what is worth a vector of its own; OCR
      films/                    films, cut into shots
      documents/                PDF, Office, books, mail, text: pages, parts and passages; LibreOffice
      views.py                  a file drawn large for the person, or cut to the part they mean
      markup.py                 XML and HTML, without entities and anything from outside
      metadata/                 what a file says about itself: dates, cameras, places, people's words

    isolation/                  starting such processes, what they cannot do, ending those that hang or grow

A new format is an entry in `rules.py`, a case in `worker.py`, and a function that yields one `Item`, then its
`Segment`s (segments.py).

Why segments are streamed: an hour of video is some 450 segments. One at a time goes through the pipe,
and the child waits until it is taken, so memory stays flat however long the film is.

Why the `Item` may come once more in the end: that a page cannot be drawn, or how long a film lasts whose
count of time begins anew, is known when all of it has been read. Segments are read as parts of the first, so
its kind stays, and nothing waits for the second.

Why patterns are Git's, through `pathspec`: people know them, and their subtleties (order, anchors, `!`) are
a library's business. Each folder's own `.sightlineignore` travels with the folder, also on a drive.

Why a file in the cloud is known by the system's flags alone: opening one to see whether it is there would
download it. What was read before it went to the cloud stays true and stays in the index.

Why an opened original notes that a part of it was locked (items.py): it is read by libraries of C, which make
damage, or an empty page, of whatever goes wrong. The decoder that met a lock says so in the end, whatever it
has said before, and nothing of it is kept.
"""
