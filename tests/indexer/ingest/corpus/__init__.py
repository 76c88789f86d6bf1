"""Files as people have them, made on the spot, each with what is true of it.

    sample.py     what is said of a file
    pictures.py   profiles.py raw_data.py     photos, scans, drawings, screenshots
    films.py
    papers.py     office.py                   PDF; Office, books, mail, text
    hostile.py                                damaged files, and those made to do harm

`SAMPLES` are all of them. Names are unique and say what is in the file.
"""
