"""How long micro-batches take, learned from those that went through, and so how much the next one may hold.

A batch costs a fixed part, in which a card is told what to do, and so much for each token. Both change with
the model, the device and with what else the machine does, so a line is fitted through the last batches.

Why not one time per token: on a large card, with fifteen decoders beside it, the fixed part took 80 ms, and a
token less than 20 µs. Batches of one photo then seemed to cost 300 µs a token, of which no two fit into the
time for a batch, and so they stayed that small.
"""

REMEMBERED = 0.85
"""What of earlier micro-batches counts beside the last one."""
SPREAD = 0.1
"""Share of their mean by which the sizes of batches must differ for a line to say anything."""
LEAST_SLOPE = 0.05
"""Share of the mean time per token that each token takes for itself, at least: a batch that something held up
says nothing about tokens."""


class BatchTimes:
    """A line through the times of the last batches. One thread notes; others may ask meanwhile."""

    def __init__(self) -> None:
        self._count = self._tokens = self._seconds = self._tokens_squared = self._products = 0.0

    def note(self, tokens: int, seconds: float) -> None:
        """A batch of so many tokens took so long."""
        self._count = REMEMBERED * self._count + 1
        self._tokens = REMEMBERED * self._tokens + tokens
        self._seconds = REMEMBERED * self._seconds + seconds
        self._tokens_squared = REMEMBERED * self._tokens_squared + tokens**2
        self._products = REMEMBERED * self._products + tokens * seconds

    def most_tokens(self, target_s: float, fixed_parts: float, longest_s: float) -> float:
        """How many a batch may have; 0 while nothing is known.

        Args:
            target_s: how long it may take, or `fixed_parts` times its fixed part where that is longer, as
                smaller ones would cost nearly as much, but never longer than `longest_s`.
        """
        if not self._count:
            return 0.0
        mean_tokens, mean_s = self._tokens / self._count, self._seconds / self._count
        spread = self._tokens_squared / self._count - mean_tokens**2
        if spread < (SPREAD * mean_tokens) ** 2:
            # All were of one size. If there is time a larger one shows what a token costs by itself.
            per_token = mean_s / mean_tokens
            return max(target_s / per_token, 2 * mean_tokens if 2 * mean_s <= longest_s else 0)
        slope = (self._products / self._count - mean_tokens * mean_s) / spread
        per_token = min(max(slope, LEAST_SLOPE * mean_s / mean_tokens), mean_s / mean_tokens)
        fixed_s = mean_s - per_token * mean_tokens
        return (min(longest_s, max(target_s, fixed_parts * fixed_s)) - fixed_s) / per_token

    def share_s(self, tokens: int) -> float:
        """What so many tokens have cost lately, as a share of their batches; 0 while nothing is known."""
        return tokens * self._seconds / self._tokens if self._count else 0.0
