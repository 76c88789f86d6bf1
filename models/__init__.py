"""Embedder and reranker: NumPy in, NumPy out."""
