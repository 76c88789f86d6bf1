"""The models at work: one thread, what waits for it, and what is in memory.

    model_loop.py ◄─ model_work.py      the thread, and its queue
    batch_times.py                      how much of it to take at once
    held_models.py ◄─ loading.py        which models are loaded, and how they get there
    machine.py                          what this computer can hold

Why the models have one thread with a queue and not a lock: a search must pass every waiting micro-batch
of indexing. Searches are taken first, index work is cut into batches sized by time, and nothing else has
to know about it. No CUDA stream priorities are needed for an answer within one batch.

Why index work on the processor has a thread of its own below the models': a priority can be lowered and never
raised again, and a search must not compute at the priority of indexing.
"""
