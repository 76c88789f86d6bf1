"""Embedder and reranker of the Qwen3-VL family: decoded pixels and text in, NumPy arrays out.

Importing this package costs nothing; `qwen3_vl` and what it needs import torch (two seconds).

    inputs ──► prompts ───────────────┐
      │                               ▼
      └──────► preparation ──► runner (forward: vision, then language) ──► holding ──► qwen3_vl
                                      ▲
    catalog ──► checkpoint (narrow), device
       │
       └──► sources ──► download             weights, fetched and verified; published ──► verify their figures

    vision, language, rotary       one pass through each network     sight, recent   what was seen lately
    requests, reading, official    what `sightline embed` and `rerank` read     tiny, tiny_*   those built in

    catalog.resolve(name_or_folder, role, checkpoints) -> Path      a name or folder to a model folder
    download.download(entry, checkpoints) -> Path                   resumed, every file hashed
    verify.verify(model, published.figures(...)) -> rows            ours beside what others published
    qwen3_vl.load_embedder(folder, device, budget, weights=...) -> Qwen3VLEmbedder
        .embed_queries(inputs, instruction) -> float32 [n, d]       length 1, finite
        .embed_documents(inputs) -> float32 [n, d]
        .prepare(input) -> Prompt, on any thread; .embed_prompts(prompts) -> float32 [n, d]
        .release(), .restore(beside), .share(other)                 the weights' memory, given back and taken
    qwen3_vl.load_reranker(folder, device, budget, beside=embedder) -> Qwen3VLReranker
        .score(query, documents, instruction) -> float32 [n]        0..1
        .score_batches(...) -> iterator of (slice, float32)         best candidates first, stop any time
    commands.embed_file(embedder, JSON file, exact) -> float32 [n, d]      `sightline embed [--official]`
    commands.rerank_file(reranker, JSON file, exact) -> float32 [n]        `sightline rerank [--official]`
    forward.forward(model, forward.collate(prompts, device)) -> [n, d]     differentiable, for training

Every failure a person can meet is a `ModelsError` (see `errors`) whose message is one sentence.

Why prompts and positions of our own. The processor classes that come with the models need torchvision, and
from one version of transformers to the next they put other tokens around a video. The numbers of an index
must not change with a library, so ids, three-axis positions and patches are made here, in code small enough
to read, and only the weights' classes are transformers'. The reference cases in the tests hold all of it to
5e-6.

Why stills are resampled by us (resampling.py). It took a processor longer than a good card takes for all the
rest. torch's own for bytes is quicker still and one off in three numbers of a thousand, which the reference
cases do not forgive; Pillow's are others from version 13 on.

Why the vision tower is run by us. The library embeds patches with a Conv3d, very slow on several pairs of
torch and card, and loops over pictures in every layer. Here all pictures of a batch go through each layer
together, and those with equally many patches share the attention's call.

Why the language model is run by us too. All prompts of a batch begin alike: with the instruction, and in a
reranker with the query and its pictures. That beginning is read once and the rest attends to it, and in the
last layer only the token that is asked for is computed. transformers' pass does neither.

Why a reranker remembers. A search asks it in portions, best candidates first, and the person changes a word
and asks again. So the last beginnings are kept as keys and values, the last pictures as what the vision tower
made of them, the last scores by what was asked; each within a bound of bytes, and all of it is dropped
before a batch is halved for want of memory. Indexing neither reads nor fills any of them: no picture comes
twice, and it would push out what the next search needs.

Why weights can be let go while the model stays known (holding.py). Whoever prepares inputs, names the model
or compares preparations needs none of the gigabytes; so they come and go below one object, and two models
that do not fit beside each other take turns.

Why a vector that overflows is computed again with the weights widened in place. It concerns one input in very
many, and only in 16 bits; a second copy for it would double the memory for good. Widening is exact both ways.

Why vision tower and token table may be shared. The rerankers were trained from the same weights as the
embedders, without touching these two. Whether that is so is not believed but compared, number by number, when
the second model is loaded, and again when one of them gives way to another; then one copy serves both, and a
picture searched with is seen once for both. The language models are compared, too: while an index is made
again under another budget, the embedder that answers and the one to come are the same, and need memory once.

Why right padding without a mask. A prompt is read at its last token and no token sees what comes after it,
so padding behind it cannot matter, and attention keeps its fastest path.

Why the product departs from the official preparation. Pictures are shown upright and on white, because that
is what a person sees; a clip has a budget of pixels, because the official one is lost for files and long
ones then fail; its frames carry their real times; an empty input reads NULL; control tokens typed by a
person are plain text; and too long a text loses its end, not the end of the prompt. `official` keeps the
other way, for comparison.

Why these budgets. The technical report measures quality by tokens: pictures reach 70.7 points with 256, 77.5
with 768 and 78.2 with 1024, pages 50.2 with 500 and 52.3 with 1000, clips 53.3 with 1200 and 56.8 with 2400.
"balanced" takes 768, 1280 and 2304, which costs a photo half of what 1280 tokens cost; "fast" takes 256, 512
and 1200, a sixth; "exact" takes what the official code takes.

Why a first pass may be quick all the same. A vector of the "fast" budget is found by the same search and is
replaced as soon as everything was looked at once (indexer/work/sharpening.py), so the mix does not last;
and a whole library found roughly tonight is worth more than a tenth of it found well.

Why eight bits are a choice and not the rule (narrow.py). They take half of what sixteen take, a quarter of
32, for about the same time. Vectors move by a cosine distance of 0.00003 with the built-in embedder, which is
what bfloat16's rounding does there too, but by 0.00045 with 105 M random weights, ten times its rounding;
with the real weights it has not been measured, and `sightline models verify --weights int8` would. So they
are part of an index's identity, as budgets are: what was mixed cannot be told apart any more. A reranker's
scores order what is clear as before, and nothing of them is kept.

Why eight bits are made by us. torchao (0.18) works with this forward pass and computes the very same: whole
numbers times activations, then a scale for each row. But wherever it is installed transformers imports it,
2.5 s of processor time and 86 MB at every start, also for those who never choose it; its weights are tensors
that are not what they say (size in bytes, widening); and in float16 its sum can exceed the type. What is
needed of it is ten lines of plain torch, the same on every device. bitsandbytes' eight bits make activations
small as well.

Why four bits are the last resort, and ours too. A larger model in them may still be better than a smaller one
in full, and an 8B model then takes some 6 GB instead of 16. But the worst vectors move by 0.01 with the
built-in embedder and by 0.06 with 105 M random weights, more than another budget moves them; torchao's moved
them by 0.006 to 0.07, in a packed form that needs kernels of its own for each kind of device. Here sixteen
even steps between the ends of 32 neighbours are widened for each product, which any device can do and which
costs a processor a quarter to twice as much time again.

Why budgets are part of an index's identity. The same picture at another size has another vector (a cosine
distance of 0.01), so vectors of two budgets do not mix; neither do those of other weights.

Why files are received by us and only listed by the hub's library. Its download begins anew when the program
ended in between, does not hash what it wrote, and cannot be stopped halfway. One short path gives both
sources the same: it resumes by byte ranges, names what is half there after the hash it must have, so that
the mirror goes on with what the hub began, and shows a model only when all of it is verified.
"""
