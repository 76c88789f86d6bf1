"""What several tests of the models need."""

from typing import Any

import torch

from models import vision
from models.preparation import Picture


def patches_of(picture: Picture) -> Any:
    """uint8 `[frame pairs x patches, 1536]`, as the vision tower gets them."""
    (group,) = vision.gather([picture], torch.device("cpu")).groups
    return vision.patches(group.frames).reshape(-1, 1536).numpy()
