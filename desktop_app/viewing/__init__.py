"""One answer looked at: beside the list, or as large as the window.

    inspector.py          beside the list: the stage, passage.py, reasons.py, fact.py, same_files.py
    peek.py               the stage as large as the window
    looking.py            keeps list, inspector and peek in step
    previews.py           asks the engine to draw what is looked at closely
    stage.py              a file of any kind
        picture_view.py   an image_preview.py with zoom, word_selection.py and a box to draw; picture_tools.py
        page_bar.py       a document's pages          text_view.py    its words, where it has no pages
        video_preview.py  a film: moment_strip.py, and where it is large film_player.py

Why the words in a picture come with its large preview: they are needed only where somebody looks, and a
list of a thousand results would carry a thousand pages of them.

Why the inspector asks for large pictures only when pointed at: holding down an arrow key in the list would
have a hundred pages drawn that nobody sees.

Why a film is played from pictures that a decoder draws, two seconds at a time: no film has to be trusted,
whatever FFmpeg decodes plays, and nothing has to be installed. It has no sound; the window says so.
"""
