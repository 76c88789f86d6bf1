"""Whether work may go on now, and if not, why.

    politeness.py ◄─ pressure.py, full_screen.py      the decision, and what it rests on

Why background work waits by measures that cost microseconds, twice a second: a film that begins, or a plug
that is pulled, must be felt within a second, and nothing tells programs of either on every system. Each
measure is one function returning a number, so what makes it wait can be tested without a hot processor.

Why decoders are held by a shared byte and not by stopping their processes: a stopped process that loses its
engine stays for ever, and one with a lock could be killed while it holds it.
"""
