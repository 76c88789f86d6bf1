"""The index: one SQLite file, and everything that reads or writes it. It knows no models and no decoders.

    store.py        `Store`: what the engine and the search call; each method is one transaction
    lookup.py       `Store.lookup`: what a search reads
    database.py     opening, transactions, errors in plain sentences
    schema.sql, migrations.py, versions/     the newest schema, and how an older index gets there
    overview.py     how many files there are of what, and when     coverage.py     how many are found by what
    sharp.py        what was looked at quickly, and putting sharper vectors in place
    saved.py        saved and standing searches     wishes.py       pausing and hurrying
    folders.py      what the person chose          files.py     one row per path, and the work to do
    known.py        files in portions, for the comparison with a disk
    problems.py     why a file is not in the index, and trying it again
    contents.py     one row per distinct bytes, its segments, and reading them back for a result
    numbers.py      numbers of files, none of which comes back
    filters.py      what a hit has to be           moments.py   when it was taken, as the clock showed it
    folder_names.py folders by a name, or by a path in another spelling
    words.py        names and texts                path_text.py file names as text without loss
    spaces.py       whose vectors these are        vectors.py   their tables
    switch.py       another embedder's vectors, or the same in another form, made beside those that answer
    catch_up.py     what more may be seen in a content, and putting it in place
    second_look.py  which contents wait for sharp.py or catch_up.py
    codes.py        a vector as bits and as bytes  scan.py      the loop over all bits
    coarse.py       the bits in memory             neighbours.py  the nearest: bits choose, bytes rank
    check.py        whether an index is sound      repair.py    mending one, down to a damaged file
    tidying.py      room that deletions left, given back or overwritten
    snapshot.py     a copy of it beside a writer   left_out.py     rules, excluded and forgotten files
    readings.py     words read off pixels, and where they stand

    folder 1 ── n file n ── 1 content 1 ── n segment 1 ── 1 vector (fine and coarse)
                     │                             └──── 1 words of its text
                     └── 1 words of its name

A file is searchable by name from the moment its row exists, and by meaning and text once `add_content` has
put the content, all segments, all words and all vectors there in one transaction. A killed process or a
power cut therefore leaves files either as they were or complete.

Why apsw: it brings its own SQLite, the same on every system and able to load sqlite-vec; the standard
library's often is not. WAL with `synchronous = NORMAL`: readers never wait for the writer, and a power cut
may lose the last moments but not the file (the tests cut it at every write). Writers take the lock at once
(`BEGIN IMMEDIATE`), so that two can only wait for each other, never fail half-way.

Why contents apart from files: a copy, a rename, a move or a touched file costs no model work, because the
hash is known already. Deleting a file leaves its content until `orphan_contents`, so a move seen as
"deleted here, created there" is free as well.

Why files are found by their inode: whether a new path is a known file under another name is asked of the
index for a portion of new paths at a time, so that no list of all files has to be held to compare a folder.

Why two codes of each vector: reading every vector is exact but grows with the library, comparing bits is
quick but ranks badly. So bits choose candidates, all within 3 standard deviations of the k-th distance (a few
hundred, at most 4,000), and the fine codes of those rank them; kinds with up to 1,000 vectors are compared
exactly. Recall@50 against exact float32, clustered synthetic vectors of 2,048 components, queries beside a
vector ("near") and across a gap as text is from pictures ("far"); the whole table is in the README:

    vectors        near     far      ms (two shared cores)
    10,000         0.998    0.995    3 to 11
    100,000        0.997    0.994    4
    1,000,000      0.998    0.995    near 14 (p95 19), far 25 (p95 39)

The loss is that of int8: nearly all of the nearest are among the candidates. On 100,000 random vectors, which
lie in no direction more than in another, it is 0.95: there 4,000 candidates are too few.

Why the vectors are rotated first: it spreads what they say evenly over all components, whatever the model, so
that signs say as much as they can and one scale fits int8 (codes.py). A code has 2,048 bits even for shorter
vectors: with 256 bits for 256 components recall@50 fell to 0.90.

Why two bits per component of the query, at 1 M clustered vectors of 2,048 components with far queries
(candidates within 2.5 standard deviations, and how many of the 50 nearest were among them):

    bits   scan of 1 M     candidates   held
    1      14 to 17 ms     2,066        0.993
    2      16 to 21 ms     1,139        0.998
    3      20 to 26 ms       974        0.995

A candidate costs 5 µs to read and compare, so a second bit pays for itself and a third does not.

Why a code is compared in two halves: what limits the scan is reading the codes. Half of the bits of 1 M
clustered vectors say of 98 % that they are too far, and reading the other half of the rest costs little. How
many of the 50 nearest are among the candidates then, for far queries, where whole codes keep 0.9992:

    first half within     for the second half     held       scan of 1 M, busy cores
    4.0 deviations        11,800                  0.9975
    4.5                   18,700                  0.9992     28 to 34 ms, whole codes 44 to 48
    5.0                   28,400                  0.9992

On less busy cores 24 to 29 ms near and 28 to 32 far, whole codes 31 and 27 to 37: far queries gain little.
Quarters first were quicker for near queries (19 to 26 ms) and not for far ones (32 to 37).

Why int8 from 1,024 components on, and float16 below: int8 is 0.0002 off (one standard deviation) at 2,048
components and half the size; at 64 it would be 0.001, and there is nothing to gain. `Form` says how many
components are kept and how; it is chosen when a space is made, by `vectors` in the settings, and written
there.

Why a form that keeps less is cut out of the vectors that are there: the models are trained so that the first
components say most (Matryoshka), so no file has to be looked at for it. Only a form that keeps more, and what
was looked at quickly, is made anew (`switch.carry_over`).

Why the coarse codes are in memory and not in a file beside the database: read from sqlite-vec's own chunks,
1 M of them take 0.3 s at the start, afterwards only changed chunks are read. A derived file would save that
and cost a second truth that a crash can part from the first.

Why the scan is a loop of our own: it is the one that a person waits for, and no wheel had the sum of weighted
Hamming distances ready; one plane alone took 38 ms for 1 M codes with simsimd and 25 ms with faiss on one
thread, 99 ms in numpy. scan.py writes it in LLVM's language; what was measured is there.

Why pages of 16 KiB: a fine code of 2,048 components fills half of a 4 KiB page and wastes the rest. An index
made by version 1 keeps its small pages.

Why vectors are searched per kind: cosines between a text and a passage run higher than between a text and
a photo of equal relevance, and one common list would hold passages only. Kind is the partition of the
sqlite-vec table.

Why filters become a mask over contents: SQLite finds the fitting files by an index, the scan skips what does
not fit, so a filter makes a search faster and `k` of each kind come back where `k` exist. The mask is kept
until the index changes.

Why what a name is sorted by stands beside it: of a million files a list by name took 10 s where each name
was taken apart, and one by size 6, as both had to be sorted whole (busy cores); now it is 20 ms.
Which index is said there, as SQLite takes any of those that begin with the kind.

Why common words are not ranked: bm25 of 100,000 rows takes 44 ms and says nothing about a word that they all
hold. From 20,000 rows on the newest come first.

Why trigrams: any part of a word in any script is found by the same index (`RE16` in `RE16TGK-7`, 大学 in
北京大学), case and Latin accents aside.

Why search tables are written anew now and then: sqlite-vec does not use the room of deleted rows again until
a whole chunk of 1,024 is empty, and the word indexes keep deleted rows until pieces are merged. Deletions
are counted, `tidy` rewrites both when they exceed a fifth, and free pages of the file go back to the disk
there too (`auto_vacuum = INCREMENTAL`). The plain tables re-use room by themselves, so deleting and adding
again does not grow the file for ever.

Why another embedder gets a space of its own beside the current one: its vectors can take days, and until each
segment that a file has got one, only the old ones give whole answers. One transaction makes the new space the
current one; a question that was on its way to the old one is refused (`OtherEmbedder`) and asked again.

Why a content says that it is incomplete, and the settings of then are not kept: a setting can change often,
and a drive can be away whenever it does. What each content lacks is true whatever the settings were.

Why an index is mended from the least on: indexes and words are made anew in place, vectors without a segment
go, a content that lacks something is taken out so that its file is read again; only when the file itself is
damaged are its rows copied into a new one, as far as they can be reached from either end of each table, and
the damaged file is kept.

Why what is deleted is overwritten (`secure_delete`): who excludes a folder wants it gone from the disk, too,
and deleting is rare. What the word indexes only mark as deleted is merged away by `Store.scrub`. Of a
forgotten file a digest is kept instead of its name.

Why the version is checked first: a newer index is refused (`IndexTooNew`) before anything is read, an older
one is migrated step by step, and a file that is not ours is never touched.
"""
