"""What a file says about itself: when, where and with what it was made, and how people named it.

    record.py      `Metadata`, and how dates, cameras, coordinates and words become comparable
    picture.py     EXIF, IPTC, PNG texts      xmp.py        XMP, inside files and in sidecars
    film.py        tags of containers         document.py   PDF, Office, OpenDocument, EPUB
    beside.py      sidecar, Finder tags       file_name.py  the date in a file's name
    places.py      coordinates to the names of towns

Every reader takes damage as absence: metadata is never a reason to lose a file. All of it runs in decoder
processes.

Why the date has so many sources: the camera's own (original, digitised), then XMP and IPTC, then the
satellites' clock, then the file's name, which messengers and phones leave when they strip all else. The
time stays as the clock on the spot showed it; a zone is added where one is recorded and never guessed, so
"in the evening" stays true of a photo from another continent. The time of the file itself is no capture
date: it is what the copying, not the taking, did.

Why a camera's facts come from EXIF and people's words from XMP: programs that edit write titles, ratings and
keywords to XMP first, but drop zones and round coordinates there. A sidecar, which people edit last, goes
before both.

Why a table of towns and not a library: the one library with the data inside its wheel needs scipy, takes 106
MB, and says that the Eiffel Tower stands in Vanves, whose centre is as near as that of Paris. The table (1.5
MB, GeoNames, CC BY 4.0) is searched with numpy in 3 ms, by distance in relation to a town's size.
"""
