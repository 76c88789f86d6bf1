"""Something for many files that takes a while: in a thread, with a bar, to be stopped."""

import errno
import logging
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from desktop_app.widgets.controls import Label

log = logging.getLogger(__name__)

SHOWN_AFTER_MS = 600

FAREWELL_MS = 5_000
"""How long a job that was stopped may take to notice; on a disk that does not answer it never does."""


class BackgroundJob(QThread):
    """To be subclassed: `work` does it, looks at `cancelled` often, and returns a sentence for the person.

    Signals:
        progressed(int): so many thousandths are done.
        ended(str): a sentence; also after it was stopped.
    """

    progressed = Signal(int)
    ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(type(self).__name__)
        self._told = 0

    def work(self) -> str:
        """In the thread."""
        raise NotImplementedError

    def tell(self, share: float) -> None:
        """So much is done; told to others only when it can be seen."""
        thousandths = min(1000, int(1000 * share))
        if thousandths != self._told:
            self._told = thousandths
            self.progressed.emit(thousandths)

    @property
    def cancelled(self) -> bool:
        """The person stopped it."""
        return self.isInterruptionRequested()

    def run(self) -> None:
        try:
            sentence = self.work()
        except Exception:
            log.exception("%s failed", type(self).__name__)
            sentence = QCoreApplication.translate("Jobs", "Something went wrong. The log says more.")
        self.ended.emit(sentence)


def reason(error: OSError) -> str:
    """Why something could not be read or written: the end of a sentence."""
    match error.errno:
        case errno.ENOENT:
            return QCoreApplication.translate("Jobs", "it is no longer there.")
        case errno.ENOSPC | errno.EDQUOT:
            return QCoreApplication.translate("Jobs", "the disk is full.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return QCoreApplication.translate("Jobs", "that is not allowed.")
        case _:
            return f"{error.strerror or type(error).__name__}."


class Jobs(QObject):
    """Runs them, each with a dialog. `say` gets the sentences."""

    def __init__(self, say: Callable[[str], None], window: QWidget) -> None:
        super().__init__(window)
        self._say = say
        self._window = window
        self._running: dict[BackgroundJob, QProgressDialog] = {}

    def start(self, job: BackgroundJob, title: str) -> None:
        """Begin at once; the dialog comes only if it takes long."""
        stop = QCoreApplication.translate("Jobs", "Stop")
        dialog = QProgressDialog("", stop, 0, 1000, self._window)
        label = Label(title)
        label.setWordWrap(True)
        dialog.setLabel(label)
        dialog.setWindowTitle("Sightline")
        dialog.setWindowModality(Qt.WindowModality.NonModal)
        # whoever types on meanwhile must not press Stop with the next blank
        dialog.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        dialog.setMinimumDuration(SHOWN_AFTER_MS)
        dialog.setAutoReset(False)
        dialog.canceled.connect(job.requestInterruption)
        self._running[job] = dialog
        job.progressed.connect(dialog.setValue)
        job.ended.connect(self._say)
        job.finished.connect(lambda: self._finished(job))
        dialog.setValue(0)
        job.start()

    def stop(self) -> bool:
        """Before the program ends: stop what runs and wait for it. False when something does not stop."""
        for job in list(self._running):
            job.requestInterruption()
        ended = [job.wait(FAREWELL_MS) for job in self._running]
        return all(ended)

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return bool(self._running)

    def _finished(self, job: BackgroundJob) -> None:
        job.wait()
        self._running.pop(job).deleteLater()
        job.deleteLater()
