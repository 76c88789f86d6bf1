"""The question: one box for everything.

    search_bar.py         chips (query_chips.py in chip_lines.py) before the words (query_field.py)
    filter_bar.py         the same by click, with filter_menus.py
    asking.py             reads both, and asks
    query_help.py         lets the engine say how it is understood, and fills completion_popup.py
    intake.py             takes what is dropped (drop_overlay.py) or pasted; query_image.py: a picture of the
                          question, with a tiny preview that a process of its own makes (query_preview.py)
    example_drop.py       makes results part of the question
    snip.py               freezes the screens, to cut a part out

Why a filter becomes a chip only when the cursor has left it, and is not asked before: a half-written filter
binds, so the list would be empty at every second key. The engine alone reads the language of the box; until
its answer is there, and without it, text is just text.

Why the chips stand before the words and not between them: the order of filters means nothing, and words can
then be typed on in a plain line of text that every input method knows.

Why a pasted picture and a part of the screen travel inside the question: a file, however short-lived, would
be one more place where a private picture lies, and one more that a crash leaves behind.
"""
