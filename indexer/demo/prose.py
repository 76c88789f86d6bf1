"""What the pages of the sample library say, apart from their heading: letters of an office."""

import random
import string

SENTENCES = (
    "Thank you for the conversation on Tuesday, which we would like to confirm herewith.",
    "The amount is payable within 14 days of receipt, without any deduction.",
    "Deliveries within 30 days are free; what is payable later is settled at the end of the year.",
    "Please return one signed copy to our office before the end of the month.",
    "We have noted the change of address and corrected our list accordingly.",
    "Further details can be found in the enclosed table and its footnotes.",
    "Both sides may end this agreement with three months of notice.",
    "The technician will call you in advance to agree on a suitable time.",
    "Prices include tax and remain valid until the end of the quarter.",
    "Should you have any questions, our team will be glad to help.",
    "The minutes were approved without objection by everybody present.",
    "Costs for travel are refunded on presentation of the original receipts.",
    "Insurance covers damage caused by water, storm and theft.",
    "The following items were handed over complete and in good condition.",
    "This statement was produced by a machine and is valid without signature.",
    "The deadline for remarks ends on the last working day of the week.",
)
EXACT = "payable within 14 days"
"""Words that stand together in one of the sentences, and apart in another."""


def office_page(rng: random.Random, heading: str) -> str:
    """A heading, some sentences and a reference such as RE16TGK-7, a line each."""
    lines = rng.sample(SENTENCES, 4)
    return "\n".join([heading, *lines, f"Reference {reference(rng)}"])


def reference(rng: random.Random) -> str:
    """Letters and digits that mean nothing to any model."""
    letters = "".join(rng.choices(string.ascii_uppercase, k=5))
    return f"{letters[:2]}{rng.randrange(10, 99)}{letters[2:]}-{rng.randrange(1, 9)}"
