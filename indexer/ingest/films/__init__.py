"""Films: shots with start and end, as clips.

    video.py                  a film: frames.py (the interface), av_reader.py, decord_reader.py,
                              shots.py (where to cut it), cut_off.py (whether its end is missing),
                              joined.py (several recordings in one file), packets.py, needed.py (which of
                              those have to be decoded)

Why decord gets nothing that does not begin as a film: its FFmpeg is of 2019, cannot be told which formats to
leave alone, and would open play lists and what they name.
"""
