"""From a question to an ordered list of files, each with the reason why it is there.

    language.py    what was typed, in parts: words, "phrases", -minus, filters     fields.py  dates.py
    query.py       the parts as one query          narrowing.py  what a hit has to be, and may not hold
    composing.py   text, pictures, examples and their weights as one question       examples.py
    candidates.py  what could be an answer: by words (FTS5), by meaning (sqlite-vec)
    unspaced.py    words of scripts without blanks
    fuse.py        two channels into one list, one place per file, its best segment first
    rerank.py      the first few files before the reranker, within a deadline
    relevance.py   strong, possible, weak: thresholds per model
    shares.py      how much words and the reranker count, where `sightline evaluate --write` measured it
    listing.py     the relevant set in the wished order, page after page; what only filters ask for
    folding.py     what looks the same shown once
    hits.py        the list as it crosses the process boundary
    pipeline.py    `Searcher`: the steps in order, a result after each
    browsing.py    files that nobody searched for
    completing.py  what may be about to be typed     ideas.py  examples that find something in this index

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

Why of each text that holds the words the best passage is looked at, however many better ones a book has: the
passages are what is ranked, but files are what is found.

Why retrieval grows: a video may hold hundreds of near segments, and copies and removed files take places
too, so twice as many vectors are asked for until enough *files* are there or the rest is weak. It is when the
last of a kind is weak for every type in it: thousands of weak passages of mails may stand before a good page
of a PDF. From where passages are weak on, only pages are asked for, so that none of those has to be read.

Why dates are read by a library and ranges by us: `dateparser` knows the words of many languages and says how
exact a date is; a filter needs the whole stretch that is meant ("2024-05" is a month).

Why a filter that is not understood finds nothing: filters bind, and a list that silently ignores one would
be taken for the filtered one.

Why what is unwanted is compared and not subtracted: "red -blue" on 400 pictures of the drawn world, 60
queries (`python -m tests.benchmarks.minus`), nDCG@10 and share of the first ten that show the unwanted:

    nothing done                         0.952   0.060
    0.5 x the minus vector subtracted    0.991   0.003     (0.25: 0.989, 0.75: 0.985, 1: 0.974)
    its confidence taken away            0.985   0.005     what is done (`relevance.apart`)
    vetoed by the reranker               0.939   0.045

Subtracting orders as well, but moves every cosine, so "strong" would no longer mean anything; a confidence
taken away leaves the scale alone and works across types. A veto of this reranker only costs.

Why beside nothing but filters only what strongly shows the unwanted is left out: there every file that fits
is wanted wholly, and a confidence of more than 2/3 taken away leaves less than is possible. Excluded words
are looked up for the whole list then, and become numbers that the database leaves out, so that it can go on
to cut pages and count.

Why thresholds are fixed per model, form and type, not read off the library: how far a cosine stands out of
all cosines of the library to the same query was tried on the labelled demo library (300 queries, 184
segments). Nonsense stands out of a library as far as sense does. Share of 60 nonsense queries above the
threshold that 95 % of the right answers pass:

                          image   page   clip   text
    cosine                0.00    0.03   0.00   0.07
    cosine - mean         0.92    0.15   0.52   0.88
    (cosine - mean) / sd  0.70    0.47   0.95   0.88

Why the reranker's share is a matter of measuring: on the same set (`sightline evaluate`; nDCG@10 among what
both models saw) the tiny reranker helps films and documents a little and photos not at all. The shares for
the 2B checkpoints stand on their makers' tables until somebody runs this with `--write`.

    share        0      0.1    0.2    0.3    0.5    0.7    1
    photo        0.936  0.931  0.931  0.933  0.927  0.917  0.885
    screenshot   1.000  1.000  1.000  0.987  0.987  0.982  0.968
    video        0.966  0.983  0.983  0.983  0.983  0.983  0.957
    document     0.972  0.974  0.974  0.974  0.955  0.945  0.915

Why reciprocal rank fusion: on the same set meaning alone has 0.949, as fused; words are rare in these
queries and must do no harm there, while names, codes and phrases are found by nothing else. int8 vectors rank
as float ones do (0.949), signs alone do not (0.895), half the dimensions cost 0.009.
"""
