"""What can go wrong below the engine. Every message is one sentence fit to be shown."""


class ModelsError(Exception):
    """The root."""


class CheckpointError(ModelsError):
    """The model folder cannot be used; the message says why and what to do."""


class DeviceError(ModelsError):
    """The wanted device is not there or not enough; the message says what to choose instead."""


class OutOfMemory(DeviceError):
    """The model, or one input, does not fit beside what the device holds already."""


class UnusableInput(ModelsError):
    """One input no model can take, found before any computing: drop that one and call again.

    Attributes:
        index: its place among the inputs of the call.
    """

    def __init__(self, message: str, index: int = 0) -> None:
        super().__init__(message)
        self.index = index


class UnreadableMedia(ModelsError):
    """A picture or video file that cannot be read; the message names the file."""


class MalformedRequest(ModelsError):
    """The JSON given to `sightline embed` or `rerank` is not what they take; the message says why."""


class DownloadError(ModelsError):
    """A checkpoint could not be fetched; what has arrived is kept and used when it is tried again."""


class DownloadCancelled(DownloadError):
    """The person gave it up."""
