"""`sightline evaluate DATASET`: how well this machine's models find what a labelled set says is right.

    dataset.py    a folder with queries and right answers, of our own form or BEIR's
    rankings.py   every way to rank one index: words, meaning, fused, reranked, blended; vectors cut and coded
    measures.py   recall, nDCG, MRR, with bootstrap intervals
    weighing.py   which share of words and reranker orders best, and whether that is more than chance
    report.py     the tables
    session.py    indexes the files, asks the questions

The files go through the same decoders, models and index as a person's own, into a data directory below
`evaluate`, which is kept: a second run only asks. Nothing is written into the dataset.

Our form is `queries.jsonl` beside a folder `files`, one object per line:

    {"text": "a red boat", "relevant": {"boat.jpg": 2, "trip.mp4": 1}}
    {"text": "but at night", "images": ["queries/boat.jpg"], "relevant": ["night.jpg"]}
    {"text": "xqzt blorf", "relevant": []}

`images` are looked for beside `queries.jsonl`, `relevant` below `files`; grades are whole numbers, a list
means 1 each; nothing relevant means that nothing should be shown. BEIR's form (MTEB's retrieval sets on disk)
is `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`; a document with an "image" is that file, any other
its title and text.

Why the shares come from here: words and meaning, embedder and reranker are blended per kind of file, and
which share orders best depends on the models and on what they look at. Every share is tried on the answers
that were found; with `--write` those that prove to be better than the ones in use count on this computer from
the next search on (search/shares.py). A checkpoint's own calibration.json, which may lie among the person's
own files, is never written.
"""
