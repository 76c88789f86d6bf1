"""What is asked, when, and which answer may be shown. Nothing here draws anything.

    search_session.py     the question that is being answered, stage by stage; paging.py fetches more
    query_and_answer.py   both as values
    palette_search.py     the palette's questions     counting.py    how many a question would find

Why the palette has a search of its own: it shows eight answers as they come, over another program, and
must neither change nor wait for what the window shows. The engine answers one question at a time, so the
window asks again when the palette interrupted it.
"""
