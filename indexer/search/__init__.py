"""From a question to an ordered list of files, each with the reason why it is there.

    query.py       what was typed: words and "quoted phrases"
    candidates.py  what could be an answer: by words (FTS5), by meaning (sqlite-vec)
    fuse.py        two channels into one list, one place per file, its best segment first
    rerank.py      the first few files before the reranker, within a deadline
    relevance.py   strong, possible, weak: thresholds per model
    hits.py        the list as it crosses the process boundary
    pipeline.py    `Searcher`: the steps in order, a result after each

    words ──────────────► names and texts holding the words          at once, needs no model
    meaning ────────────► + nearest vectors per kind, fused           needs the embedder
    reranked ───────────► + verdict on the first 24 files, fused anew  needs the reranker and the previews

Text, images, or both together are embedded as one input, so "this photo, but at night" is one question.

Why everything becomes a *confidence*: raw cosines of photos and passages, or of embedder and reranker, are
not comparable; on one calibrated scale (1/3 possible, 2/3 strong) they are, and "nothing matches" can be
said: what is weak by meaning and holds none of the words is not returned.

Why embedder and reranker are blended: the 2B reranker alone is slightly worse than the 2B embedder on photos
and video and far better on documents, by its makers' own tables. The weights stand in relevance.py, per type
of segment, and a checkpoint can bring its own.

Why words only sometimes take part in the order: a match that says much (rare words, a phrase, a name) is
worth a place beside the best photo, one that half the library shares only adds noise. Nothing that holds
the words is ever left out, though, and a quoted phrase binds: only what holds it comes back.

Why the reranker may overrule the words of a passage but not a name: it has read the passage; names it never
sees.

Why retrieval grows: a video may hold hundreds of near segments, and copies and removed files take places
too, so twice as many vectors are asked for until enough *files* are there or the rest is weak.
"""
