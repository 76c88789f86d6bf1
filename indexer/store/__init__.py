"""The index: one SQLite file, and everything that reads or writes it. It knows no models and no decoders.

    store.py        `Store`: what the engine and the search call; each method is one transaction
    database.py     opening, transactions, errors in plain sentences      schema.sql, migrations.py
    folders.py      what the person chose          files.py     one row per path, and the work to do
    contents.py     one row per distinct bytes, its segments, and reading them back for a result
    spaces.py       whose vectors these are        vectors.py   adding them, finding the nearest
    words.py        names and texts                path_text.py file names as text without loss

    folder 1 ── n file n ── 1 content 1 ── n segment 1 ── 1 vector (fine and coarse)
                     │                             └──── 1 words of its text
                     └── 1 words of its name

A file is searchable by name from the moment its row exists, and by meaning and text once `add_content` has
put the content, all segments, all words and all vectors there in one transaction. A killed process or a
power cut therefore leaves files either as they were or complete.

Why apsw: it brings its own SQLite, the same on every system and able to load sqlite-vec; the standard
library's often is not. WAL with `synchronous = NORMAL`: readers never wait for the writer, and a power cut
may lose the last moments but not the file. Writers take the lock at once (`BEGIN IMMEDIATE`), so that two
can only wait for each other, never fail half-way.

Why contents apart from files: a copy, a rename, a move or a touched file costs no model work, because the
hash is known already. Deleting a file leaves its content until `orphan_contents`, so a move seen as
"deleted here, created there" is free as well.

Why two forms of each vector: reading every float16 vector is exact but grows with the library, scanning
bits is quick but ranks badly. So small libraries (up to 16 MiB of vectors in the kinds searched: 4,096
vectors of 2,048 dimensions) are compared exactly, and in larger ones the bits choose the candidates, all
within two standard deviations of the k-th distance, and the float16 vectors rank them. Recall@50 against
exact float32, median time and candidates per query on two busy cores, synthetic clusters with an uneven
spectrum; "near" queries lie beside a vector, "far" ones across a gap as text does from pictures:

    vectors x dimensions          near                      far                      bytes per vector
    30,000 x 2,048            0.998   7.7 ms     82    0.996   14 ms     818        4,920
    60,000 x 256              1.000    15 ms     90    0.997   18 ms     638          886
    30,000 x 1,024            1.000   7.5 ms     95    1.000   12 ms     203        4,416
    60,000 x 256, 256 bits    1.000   8.0 ms    374    0.901   22 ms   4,096          660

The last row is why a code never has fewer than 2,048 bits: more random directions than dimensions still
say more. Bytes are all of the file; rows of 2 KiB fill only half of its 4 KiB pages, those of 4 and 8 KiB
(the dimensions of the large checkpoints) fill theirs. float16 ranks as float32 does (0.00002 off at most);
int8 at half the size lost up to 1 % of the recall. The form is written in the space row, so another one
can be chosen per index later.

Why vectors are searched per kind: cosines between a text and a passage run higher than between a text and
a photo of equal relevance, and one common list would hold passages only. Kind is the partition of the
sqlite-vec table, so a filter makes a search faster and `k` of each kind come back where `k` exist.

Why trigrams: any part of a word in any script is found by the same index (`RE16` in `RE16TGK-7`, 大学 in
北京大学), case and Latin accents aside.

Why search tables are written anew now and then: sqlite-vec does not use the room of deleted rows again until
a whole chunk of 1,024 is empty, and the word indexes keep deleted rows until pieces are merged. Deletions
are counted, `tidy` rewrites both when they exceed a fifth, and free pages of the file go back to the disk
there too (`auto_vacuum = INCREMENTAL`). The plain tables re-use room by themselves, so deleting and adding
again does not grow the file for ever.

Why the version is checked first: a newer index is refused (`IndexTooNew`) before anything is read, an older
one is migrated step by step, and a file that is not ours is never touched.
"""
