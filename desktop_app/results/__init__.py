"""The answers: a grid, lines, or a time line, of any length.

    results_model.py      the rows; results_layout.py: where each lies, by arithmetic
    arranged_list.py      a list so laid out; results_grid.py: the one of the window
    result_card.py, result_row.py     paint one answer; picture_part.py marks what was found in a picture
    result_sections.py, results_header.py     strong and possible, months; how many, and in which order
    answering.py          shows what the search session brings
    thumbnails.py         cached JPEGs to pixmaps, in a thread of its own; zoom.py: how large

Why results are sometimes held back: a list that reorders itself under the pointer makes people open the
wrong file. Once somebody has scrolled, pointed at or chosen something, a better order waits behind a pill.

Why a long list is loaded where it is looked at: with a row for every file of the index, 100,000 of them, the
scroll bar tells the truth and months have their places before any picture is there. Months come from counts.

Why only JPEGs from the cache are decoded here: a hostile picture can then kill a decoder process, never the
window. The tiny preview of a dropped picture is made by a child process for the same reason.

Why widgets and one painted list instead of QML or a widget per card: a Python delegate repaints a full
window in a few milliseconds, the layout is arithmetic and does not grow with the number of rows, and
screen readers see a real list.
"""
