"""What the person sees: one window over the engine. No torch, no SQL, no decoding of the person's files.

    app.py                arguments, the objects, and who is told what
    application.py        what the system itself knows of the program, and asks of it
    single_instance.py    a second start only tells the first (indexer/launch.py) what is wanted
    presence.py           what is shown when, and when the program ends: tray, palette with palette_search,
                          global keys (hotkeys, and a door of each system: hotkeys_x11, hotkeys_portal,
                          hotkeys_windows, hotkeys_mac)
    preferences.py        the settings file; settings_desk tells those concerned what changed
        settings_dialog   one page of setting_rows beside a section_list, with models_panel, rules_panel
                          (excluded_list), privacy_page and keys_section; autostart and file_menu (a door of
                          each system: file_menu_linux, file_menu_mac, file_menu_windows) are settings that
                          each desktop keeps itself, both with start_command; desktop_entries takes them away
                          with everything else
    engine_client.py      owns the engine process; `request()` and signals are all that others see of it
    replies.py            what each request is answered with; engine_words says the engine's sentences in the
                          person's language
    search_session.py     what is asked, when, and which answer may be shown; paging fetches more of it;
                          query_and_answer are the two as values
    window_place.py       where the window stood
    search_window.py      puts the parts below into one window
        the question      asking reads search_bar (query_chips in chip_lines, query_field) and filter_bar with
                          filter_menus; query_help lets the engine say how it is understood, and fills
                          completion_popup;
                          intake takes what is dropped or pasted (drop_overlay, query_image, query_preview);
                          snip freezes the screens, as screenshot got them, to cut a part out
        the answers       answering shows them in results_grid, which is an arranged_list (results_layout) of
                          results_model's rows, painted by result_card (picture_part marks what was found
                          in a picture) or result_row; result_sections,
                          results_header, empty_state
        help with asking  suggesting: ideas above the list, history, saved_searches, what_hides with counting;
                          example_drop makes results part of the question
        one answer        inspector: stage, passage, reasons, fact, same_files; result_commands does what is
                          asked, with copying and contact_sheet as a background_job, and programs to open it
                          with
            the stage     picture_view (an image_preview with zoom, word_selection and a box to draw),
                          picture_tools, page_bar, text_view, video_preview with moment_strip and, where it
                          is large, film_player
            looking       keeps list, inspector and peek (the stage as large as the window) in step
            previews      asks the engine to draw what is looked at closely
        the first start   first_start: onboarding, onboarding_models with model_setup, which also fetches what
                          is wanted in the settings
        the library       status_line; telling fills the banner; library_dialogs: indexing_page with
                          progress_panel, folders_page (coverage_meter) and problems_page
    thumbnails.py         cached JPEGs to pixmaps, in a thread of its own
    announcing.py         what a screen reader says without the keyboard being there
    actions.py            every command once: name, shortcut, icon; main_menu.py
    wording.py            sentences about files and counts
    i18n.py               the language, from resources/translations
    theme.py              colours and spacing; icons, controls, choices, fields, splitter; question asks;
                          one_line paints text
    file_manager.py       opening and showing files, per platform; file_url: their addresses, byte for byte

Why the engine is another process: importing torch in a thread stops the window for 0.3 s, and a crash in a
decoder or driver would take the window with it. `QProcess.finished` says within a millisecond that it died.

Why every request has one spelling, `client.request(request, done=, failed=, parent=)`: callbacks always
arrive on the main thread and never reach a widget that is gone, so nobody needs a thread or a lock.

Why closing the window asks once: with a place beside the clock Sightline can go on watching the folders,
but a program that stays although it was closed, unasked, is one that people distrust.

Why removing a folder asks first, and leaving files out does not: the one throws away what may have taken days
to look at, the other can be undone where it is said.

Why global keys have a door per system and no library: the known one (pynput) listens to every key that is
typed, wants the right to do so on macOS, and has nothing for Wayland. Where a desktop gives no keys away,
it can itself bind one to `sightline --palette`, and a sentence says so. Under Wayland its portal gives them,
and the desktop, not Sightline, has the last word on which: the settings show what it says.

Why the entry in the file manager's menu is no “Open with”: a program of the person's own folder that says it
opens pictures comes before those of the system wherever no default is set, and a double click on a photo
would then search instead of showing it.

Why Python is started with -P: else it imports from the current folder first, which is the one that a file
manager or a terminal shows, so a file named like a module, come with a download, would be run.

Why the palette has a search of its own: it shows eight answers as they come, over another program, and
must neither change nor wait for what the window shows. The engine answers one question at a time, so the
window asks again when the palette interrupted it.

Why results are sometimes held back: a list that reorders itself under the pointer makes people open the
wrong file. Once somebody has scrolled, pointed at or chosen something, a better order waits behind a pill.

Why a filter becomes a chip only when the cursor has left it, and is not asked before: a half-written filter
binds, so the list would be empty at every second key. The engine alone reads the language of the box; until
its answer is there, and without it, text is just text.

Why the chips stand before the words and not between them: the order of filters means nothing, and words can
then be typed on in a plain line of text that every input method knows.

Why a long list is loaded where it is looked at: with a row for every file of the index, 100,000 of them, the
scroll bar tells the truth and months have their places before any picture is there. Months come from counts.

Why only JPEGs from the cache are decoded here: a hostile picture can then kill a decoder process, never the
window. The tiny preview of a dropped picture is made by a child process for the same reason.

Why the words in a picture come with its large preview: they are needed only where somebody looks, and a
list of a thousand results would carry a thousand pages of them.

Why the inspector asks for large pictures only when pointed at: holding down an arrow key in the list would
have a hundred pages drawn that nobody sees.

Why a film is played from pictures that a decoder draws, two seconds at a time: no film has to be trusted,
whatever FFmpeg decodes plays, and nothing has to be installed. It has no sound; the window says so.

Why Qt takes the picture of the screens and no library does: it knows which pixels belong to which screen at
which density, and it is there already. Where only the desktop may look (Wayland), its portal is asked.

Why a pasted picture and a part of the screen travel inside the question: a file, however short-lived, would
be one more place where a private picture lies, and one more that a crash leaves behind.

Why so little is announced: a screen reader reads whatever gets the keyboard. Only what changes elsewhere has
to be said: how many results there are once the last stage is in, a sentence across the window, an empty list,
another file in the large view. What is typed goes on being read meanwhile, as nothing said interrupts.

Why widgets and one painted list instead of QML or a widget per card: a Python delegate repaints a full
window in a few milliseconds, the layout is arithmetic and does not grow with the number of rows, and
screen readers see a real list.
"""
