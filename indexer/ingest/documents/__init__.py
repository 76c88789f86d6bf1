"""Documents: pages, parts that a person recognises, and passages.

    pdf_pages.py              PDF
    archives.py               documents in ZIP archives (packages.py): office.py, opendocument.py, books.py
    drawn.py                  the same as pages, where LibreOffice has drawn them; old_office.py
    one_xml.py                the same in one file, and FictionBook
    web.py, mail.py, rich_text.py, plain_text.py; old_encodings.py
    parts.py, passages.py     what all texts become: parts a person recognises, cut into passages;
                              assembled.py makes a document of them
    libreoffice.py            finds LibreOffice and lets it draw, in a process of its own, once per document
    office_pages.py           keeps what it drew for a while (in the engine's process)

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

Why XML entities are refused and not just left unexpanded: no document has a use for them, and every attack
does; so a sentence says what it is instead of an odd text.
"""
