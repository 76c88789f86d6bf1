"""What each desktop does in its own way: a module per service, and a door per system where they differ.

    hotkeys.py            keys that work everywhere: hotkeys_x11, _portal, _windows, _mac
    file_menu.py          the entry in the file manager's menu: file_menu_linux, _mac, _windows
    file_manager.py       opening and showing files; programs.py: what else opens one; file_url.py: addresses
    screenshot.py         what is on the screens          tray.py           the icon beside the clock
    autostart.py          starting with the desktop       start_command.py  how Sightline is started
    single_instance.py    a second start only tells the first (indexer/launch.py) what is wanted
    application.py        what the system itself knows of the program, and asks of it
    desktop_entries.py    takes away whatever was entered anywhere

Why global keys have a door per system and no library: the known one (pynput) listens to every key that is
typed, wants the right to do so on macOS, and has nothing for Wayland. Where a desktop gives no keys away,
it can itself bind one to `sightline --palette`, and a sentence says so. Under Wayland its portal gives them,
and the desktop, not Sightline, has the last word on which: the settings show what it says.

Why the entry in the file manager's menu is no “Open with”: a program of the person's own folder that says it
opens pictures comes before those of the system wherever no default is set, and a double click on a photo
would then search instead of showing it.

Why Qt takes the picture of the screens and no library does: it knows which pixels belong to which screen at
which density, and it is there already. Where only the desktop may look (Wayland), its portal is asked.
"""
