"""Every request, reply and event between window and engine, by subject: frozen dataclasses, nothing else.

`indexer/protocol.py` lists them all, `indexer/wire.py` makes JSON of them. What a question consists of is in
query_parts.py.
"""
