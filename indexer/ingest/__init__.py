"""Files in, segments out: what a file is, and the parts of it that can be found.

    segments.py                 `Item` and `Segment`: what all of it yields

    in the engine's process, where nothing is decoded
      scan.py                   the truth: what lies in a folder now
      watch.py                  hints: where something has just changed; watch_linux.py, watch_mac.py and
                                watch_windows.py: how the system tells, and that it lost something;
                                watchable.py: which folders it says nothing of
      rules.py, signatures.py   what is media, by content and by name; what is left out and why
      scope.py                  what a person leaves out: rules, ignore files, excluded folders
      items.py                  opening an original, and the hash of its content
      decoders.py               the pool of child processes: child.py (one of them), spawning.py (starting
                                them), supervision.py (ending those that hang or grow)
      office_pages.py           the pages of Office documents, drawn by LibreOffice and kept for a while
      thumbnails.py             JPEGs in the cache

    in a process of its own, once per Office document
      libreoffice.py            finds LibreOffice and lets it draw; cage.py: what it cannot do meanwhile

    in a decoder process
      worker.py                 takes a request, dispatches by content
      confinement.py            what it cannot do: network, writing, programs (Linux)
      images.py                 a picture: colours.py (any mode and profile to sRGB), sequences.py (pages and
                                moments in one file), screenshots.py (the score)
      raw.py, drawings.py       a camera's raw data; SVG
      layered.py                the PSD that Pillow does not read, PSB
      video.py                  a film: frames.py (the interface), av_reader.py, decord_reader.py,
                                high_range.py (HDR to SDR), shots.py (where to cut it)
      documents.py              PDF pages
      packages.py               documents in ZIP archives: office.py, opendocument.py, books.py
      drawn.py                  the same as pages, where LibreOffice has drawn them; old_office.py
      web.py, mail.py, rich_text.py, plain_text.py
      parts.py, passages.py     what all texts become: parts a person recognises, cut into passages
      markup.py                 XML and HTML, without entities and anything from outside
      regions.py                parts of large, detailed pictures
      raster.py                 sizes and JPEGs
      views.py                  a file drawn large for the person, or cut to the part they mean
      ocr.py, ocr_vision.py     words read off pixels; legibility.py says where that is worth trying
      metadata/                 what a file says about itself: dates, cameras, places, people's words

A new format is an entry in `rules.py`, a case in `worker.py`, and a function that yields one `Item`, then its
`Segment`s (segments.py).

Why every file is opened in a child process: image, video and PDF codecs are large native libraries fed
with files from anywhere. One bad file may crash, hang or exhaust them; then it is one row among the
problems, and neither the engine with its loaded models nor the next file notices. Children are spawned,
never forked (the engine has threads), and import neither torch nor the database.

Why Office documents are read by us: of 48 files of these kinds the readers at hand lost headers, text boxes,
notes and grouped shapes, and one never came back from a sheet that declares 17 billion cells. What is needed
is the text in order, and that is few lines on top of `zipfile` and libxml2. Members are read into memory, one
at a time, by counted bytes and not by the sizes they claim; a name in an archive is only looked up in it.

Why LibreOffice draws their pages, and only that: a page is recognised by its looks, and nobody else draws it
as it was meant. It is asked after our own reading, so bombs, locked and damaged files never reach it; a
decoder that needs pages says so in the middle of its answer, as it may start no program itself. What stands
on no page (speaker's notes, comments, rows beyond the last page drawn) stays a passage of text.

Why a copy, a profile and a process of its own for each document: LibreOffice writes lock files beside what it
opens, keeps what it has seen in its profile, and one that hangs must not take the next document with it.

Why naming a socket is answered with a lie (confinement.py): LibreOffice ends when it cannot make the socket
by which a second start would find it, and makes it where everybody may write.

Why XML entities are refused and not just left unexpanded: no document has a use for them, and every attack
does; so a sentence says what it is instead of an odd text.

Why resvg draws SVG, with both sides given: it knows no scripts and no network, and one side alone made it
take gigabytes for a drawing that claims to be a line. References to other files are taken out before.

Why decord gets nothing that does not begin as a film: its FFmpeg is of 2019, cannot be told which formats to
leave alone, and would open play lists and what they name.

Why parts are chosen by what is lost, and not on a grid: a model sees a fixed number of pixels. Five parts on
a grid, whatever they show, found about as much in the drawn world as two or three that lie where the detail
does. At most three, each at a quarter of the pixels of the whole, and none where nothing is lost: in the 14
natural pictures at hand 2.4 each, which is 60 % more tokens in all and a little less time. A panorama and a
whole page on one screenshot are rare and always cut, along their length. Parts are cut from the picture as it
is decoded for the whole (10 ms), and previews show the whole, so the cache costs nothing more. In the drawn
world (`python -m tests.benchmarks.regions`; 48 pictures of 4 or 9 times the area of a scene pasted into them,
onto an empty landscape or one with large things in it), recall@1 of the pasted scene by its caption and by
what somebody cut out around it, of the picture by any cut-out and by its own caption, and nonsense taken
for possible before the reranker sees it:

                         scene by text   its cut-out   any cut-out   whole by text   nonsense   parts
    empty, 4   whole     0.10            0.17          0.44          1.00            0.33
               parts     0.52            0.58          0.54          0.88            0.55       2.1
    empty, 9   whole     0.04            0.10          0.23          1.00            0.16
               parts     0.48            0.46          0.23          0.98            0.37       1.6
    busy, 4    whole     0.06            0.06          0.35          0.56            0.21
               parts     0.27            0.38          0.42          0.44            0.61       2.8
    busy, 9    whole     0.04            0.10          0.31          0.88            0.16
               parts     0.10            0.21          0.48          0.83            0.60       2.8

Why long pictures are read in their stretches: reduced to what the models see, the print of a whole page on
one screenshot is a few pixels high. Stretches are cut from 14 megapixels, read one by one, and what stands
where two overlap is taken from the one that has it further inside.

Why a part must be nearer by 0.05 than a whole: without that, in the first of these, parts of other landscapes
took the place of 60 % of those asked for as a whole, with 0.06 of none.

Why segments are streamed: an hour of video is some 450 segments. One at a time goes through the pipe,
and the child waits until it is taken, so memory stays flat however long the film is.

Why the `Item` may come once more in the end: that a page cannot be drawn, or how long a film lasts whose
count of time begins anew, is known when all of it has been read. Segments are read as parts of the first, so
its kind stays, and nothing waits for the second.

Why the watcher is not believed: no platform reports every change (queues overflow, network drives are
silent). Its events say where to look; a comparison of the disk with the index says what happened.

Why sticks and cards are not watched on Windows: it holds the folder open, and Windows then refuses to eject
the drive and does not say why. Hearing of the wish to eject (DBT_DEVICEQUERYREMOVE) would keep both, for hard
disks on USB as well, but needs a window or a callback of Windows, and has not been tried.

Why patterns are Git's, through `pathspec`: people know them, and their subtleties (order, anchors, `!`) are
a library's business. Each folder's own `.sightlineignore` travels with the folder, also on a drive.

Why a file in the cloud is known by the system's flags alone: opening one to see whether it is there would
download it. What was read before it went to the cloud stays true and stays in the index.

Why an opened original notes that a part of it was locked (items.py): it is read by libraries of C, which make
damage, or an empty page, of whatever goes wrong. The decoder that met a lock says so in the end, whatever it
has said before, and nothing of it is kept.

Why words are read off pixels later, and by decoding once more: it takes seconds per picture where the
rest takes a tenth, so everything is found by what it shows before anything is found by its letters. What
is read is what the models look at (at most 1.8 megapixels): one size for both, and any format that yields
pictures can be read without knowing of it.

Why RapidOCR: of the engines with their models inside the wheel it reads most (0.96 of the words of a
rendered 1080p screen in four fonts of 10 to 24 pixels, dark as well as light; 1.00 of a Chinese and
Japanese page; the older rapidocr-onnxruntime 0.85, Tesseract 0.87 and 0.43). Its character set has no
Cyrillic, so such lines come back empty; macOS' own engine reads them. Letters taken for digits are its
commonest mistake, so codes are indexed once more with the digits they look like.
"""
