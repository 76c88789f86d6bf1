"""What goes on without a question: from a row that waits to vectors, words and pictures.

    work_queue.py ─► indexing.py        rows that wait → vectors; pace.py: how long that will take
        file_job.py  decoded.py         one file on that way; what decoders give, as rows
    sharpening.py                       a second, closer look, when no file waits
    reading.py                          pictures → words, when nothing else is to be done
    switching.py                        another embedder, while the old one answers
    catching_up.py                      what is wanted or possible since: parts of pictures, pages
    picturing.py ─► preview_room.py     thumbnails and previews: lost ones, and too many
    background.py                       the shape of these five
    looking_again.py                    for three: a file's segments decoded and embedded once more

Why time left is reckoned by kind: a film costs a hundred photos, and one rate for all files lies (pace.py).

Why files wait while names are entered: a folder of 200,000 files is findable by name within a minute, and
would not be for an hour beside decoders. Then the newest are read first, as people look for those most;
before them what lies in the folder that was added, searched in or looked into last: somebody waits for that.

Why a pause is a row in the index: it survives a restart, and the command line can ask it of an engine that
runs without a second way of talking to it.

Why a file's attempt is counted before it is opened: a crash leaves the count behind. Whatever was in
flight when an engine died is tried again last and alone, so a second crash has exactly one suspect. A closer
look is counted the same way; where it ends badly, the quick look stays, as that is there already.

Why a file that another program has locked waits on, and no attempt is counted: nothing is wrong with it, and
the lock goes without a change of size or time by which a failed one would be tried again.
"""
