"""Help with asking.

suggesting.py         which of these is shown when
ideas.py              what this library could be asked     history.py    what was asked before
saved_searches.py     what is asked again and again
empty_state.py        why a list is empty; what_hides.py: which filter hides how much
"""
