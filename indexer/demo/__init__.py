"""`sightline demo`: a sample library, indexed and asked: what Sightline does, to be seen in a minute.

    prose.py       what the pages say
    library.py     the facts of about 160 files, thought up from a seed
    writing.py     the files: every format, drawn, encoded, dated
    questions.py   what is asked, and which answers are right
    table.py       how it is printed
    session.py     makes, indexes, asks, prints, opens the window

Everything lies in `demo` below the data directory: `samples`, and `index`, a data directory of its own, so
the person's own index is neither touched nor needed. Both are kept, so a second run only asks.

Why right answers are computed: an expectation written down by hand tests one drawing. Here a caption is
right for every file whose facts it is true of (`tiny_world.satisfies`), so seeds and numbers can change and
no answer that happens to be true is called wrong. Only the first place counts.
"""

from indexer.demo.session import run

__all__ = ["run"]
