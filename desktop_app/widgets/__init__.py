"""How everything looks, and the small parts it is made of, which know nothing of files or searches.

    theme.py              colours and spacing, light, dark and high contrast; icons.py
    controls.py           buttons, labels, menus, notices     choices.py    one of several things
    fields.py             what is typed or set                section_list.py    pages of a dialog
    one_line.py           text painted on one line            splitter.py   two parts and a handle
    box_drawing.py        a part of a picture is marked off
    banner.py             a sentence across the window        question.py   asked before something is lost
    announcing.py         what a screen reader says without the keyboard being there

Why so little is announced: a screen reader reads whatever gets the keyboard. Only what changes elsewhere has
to be said: how many results there are once the last stage is in, a sentence across the window, an empty list,
another file in the large view. What is typed goes on being read meanwhile, as nothing said interrupts.
"""
