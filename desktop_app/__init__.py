"""What the person sees: one window over the engine. No torch, no SQL, no decoding of the person's files.

    app.py                arguments, the objects, and who is told what
    presence.py           what is shown when, and when the program ends: window, palette, the tray's icon
    search_window.py      the window, put together from the packages below; main_menu.py; telling.py fills its
                          banner; window_place.py: where it stood
    palette.py            a field and eight answers over whatever is on the screen
    settings_desk.py      one settings dialog for all, and who is told what changed in it
    actions.py            every command once: name, shortcut, icon
    engine_client.py      owns the engine process; `request()` and signals are all that others see of it;
                          replies.py: what each request is answered with

    onboarding/           the first start
    library/              how far every folder is, and what went wrong
    settings/             the pages of the settings
    acting/               what is done with results: copied, exported, put on a contact sheet
    viewing/              one answer: beside the list, or as large as the window
    suggestions/          help with asking: ideas, history, saved searches, why a list is empty
    query/                the question: the box, its chips, filters, pictures
    results/              the answers as a grid, as lines or by month
    search/               what is asked, when, and which answer may be shown
    system/               what each desktop does in its own way
    widgets/              how everything looks
    language/             what everything says

Imports go down this list only; import-linter holds that.

Why the engine is another process: importing torch in a thread stops the window for 0.3 s, and a crash in a
decoder or driver would take the window with it. `QProcess.finished` says within a millisecond that it died.

Why every request has one spelling, `client.request(request, done=, failed=, parent=)`: callbacks always
arrive on the main thread and never reach a widget that is gone, so nobody needs a thread or a lock.

Why closing the window asks once: with a place beside the clock Sightline can go on watching the folders,
but a program that stays although it was closed, unasked, is one that people distrust.

Why Python is started with -P: else it imports from the current folder first, which is the one that a file
manager or a terminal shows, so a file named like a module, come with a download, would be run.
"""
