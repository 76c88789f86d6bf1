"""What of the folders is left out: patterns and switches, with what they would change before it is done."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.engine_client import EngineClient
from desktop_app.language import wording
from desktop_app.settings.excluded_list import ExcludedList
from desktop_app.widgets import theme
from desktop_app.widgets.choices import CheckBox
from desktop_app.widgets.controls import Button, Label, Look
from desktop_app.widgets.fields import Number
from indexer.messages.library_messages import (
    Excluded,
    GetExcluded,
    GetRules,
    Include,
    PreviewRules,
    Rules,
    RulesPreview,
    SetRules,
)

PREVIEW_AFTER_MS = 600
"""After the last change."""

EXAMPLES = 3


class RulesPanel(QWidget):
    """Changes count when they are applied.

    Signals:
        said(str): a sentence for the person.
    """

    said = Signal(str)

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        self._client = client
        self._rules: Rules | None = None
        self._shown = Rules()
        self.patterns = QPlainTextEdit()
        self.patterns.setAccessibleName(self.tr("Left out, one pattern a line"))
        self.patterns.setPlaceholderText("*.tmp\nBackup/")
        self.patterns.setTabChangesFocus(True)
        self.patterns.setFixedHeight(84)
        self.hidden = CheckBox(self.tr("Look into hidden files and folders"))
        self.developer = CheckBox(self.tr("Look into what tools for developers make"))
        self.cloud = CheckBox(self.tr("Download files that are only in the cloud"))
        self.pixels = Number()
        self.pixels.setRange(32, 10_000)
        self.pixels.setSuffix(self.tr(" pixels"))
        self.bytes = Number()
        self.bytes.setRange(0, 1_000_000)
        self.bytes.setSuffix(self.tr(" kB"))
        self.preview = Label("", quiet=True)
        self.preview.setWordWrap(True)
        self.apply = Button(self.tr("Apply"), look=Look.PRIMARY)
        self.apply.on_click(self._apply)
        self.excluded = ExcludedList()
        self.excluded.back_wanted.connect(self._include)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PREVIEW_AFTER_MS)
        self._wait.timeout.connect(self._ask_preview)
        self.setEnabled(False)
        self.apply.setEnabled(False)
        self.patterns.textChanged.connect(self._edited)
        for box in (self.hidden, self.developer, self.cloud):
            box.toggled.connect(self._edited)
        for spin in (self.pixels, self.bytes):
            spin.valueChanged.connect(self._edited)
        self._lay_out()

    def _lay_out(self) -> None:
        """Patterns, switches and numbers, then what they would change, then what was left out by hand."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        note = Label(self.tr("Left out, one pattern a line, as in a .gitignore file:"), quiet=True)
        note.setWordWrap(True)
        column.addWidget(note)
        column.addWidget(self.patterns)
        for box in (self.hidden, self.developer, self.cloud):
            column.addWidget(box)
        for text, spin in (
            (self.tr("Leave out pictures with a side shorter than"), self.pixels),
            (self.tr("Leave out files smaller than"), self.bytes),
        ):
            spin.setAccessibleName(text)
            spin.lineEdit().setAccessibleName(text)
            row = QHBoxLayout()
            row.addWidget(Label(text))
            row.addWidget(spin)
            row.addStretch(1)
            column.addLayout(row)
        last = QHBoxLayout()
        last.setSpacing(theme.M)
        last.addWidget(self.preview, 1)
        last.addWidget(self.apply)
        column.addLayout(last)
        column.addWidget(self.excluded)

    def ask(self) -> None:
        """Read the rules of now. What was changed and not applied yet stays as it is written."""
        if not self._changed:
            self._client.request(GetRules(), done=self._got_rules, failed=self.said.emit, parent=self)
        self._ask_excluded()

    def _got_rules(self, rules: Rules) -> None:
        """Somebody may have begun to change them meanwhile."""
        if not self._changed:
            self.show_rules(rules)

    def show_rules(self, rules: Rules) -> None:
        """These hold now."""
        self._rules = None  # what is shown now is no change of the person's
        self.patterns.setPlainText("\n".join(rules.exclude))
        self.hidden.setChecked(rules.hidden)
        self.developer.setChecked(rules.developer)
        self.cloud.setChecked(rules.cloud)
        self.pixels.setValue(rules.min_pixels)
        self.bytes.setValue(rules.min_bytes // 1_000)
        self._rules = rules
        self._shown = self.draft()
        self.setEnabled(True)
        self._edited()

    def draft(self) -> Rules:
        """As the person has it now."""
        known = self._rules or Rules()
        lines = [line.strip() for line in self.patterns.toPlainText().splitlines()]
        kilobytes = self.bytes.value()
        return replace(
            known,
            exclude=tuple(line for line in lines if line),
            hidden=self.hidden.isChecked(),
            developer=self.developer.isChecked(),
            cloud=self.cloud.isChecked(),
            min_pixels=self.pixels.value(),
            min_bytes=known.min_bytes if kilobytes == known.min_bytes // 1_000 else kilobytes * 1_000,
        )

    @property
    def _changed(self) -> bool:
        """Whether something is not applied yet."""
        return self._rules is not None and self.draft() != self._shown

    def _edited(self, *_: object) -> None:
        if self._rules is None:
            return
        self.preview.setText("")
        self.apply.setEnabled(self._changed)
        if self._changed:
            self._wait.start()
        else:
            self._wait.stop()

    def _ask_preview(self) -> None:
        draft = self.draft()
        self.preview.setText(self.tr("Looking what that changes…"))

        def show(reply: RulesPreview) -> None:
            if draft == self.draft() and self._changed:
                self.preview.setText(self._words(reply))

        self._client.request(PreviewRules(draft), done=show, failed=self.preview.setText, parent=self)

    def _words(self, reply: RulesPreview) -> str:
        parts = []
        if reply.removed:
            names = ", ".join(Path(path).name for path in reply.examples[:EXAMPLES])
            parts.append(
                wording.counted(
                    reply.removed,
                    self.tr("1 file leaves the index: {names}."),
                    self.tr("{n} files leave the index, for example {names}."),
                ).replace("{names}", names)
            )
        if reply.added:
            parts.append(
                wording.counted(reply.added, self.tr("1 file comes in."), self.tr("{n} files come in."))
            )
        return " ".join(parts) or self.tr("That changes nothing now.")

    def _apply(self) -> None:
        draft = self.draft()

        def done(_status: object) -> None:
            self._rules = self._shown = draft
            self._edited()
            self.preview.setText(self.tr("Done."))

        self._client.request(SetRules(draft), done=done, failed=self.preview.setText, parent=self)

    # --- what was left out by hand ---------------------------------------------------------------------

    def _ask_excluded(self, *_: object) -> None:
        self._client.request(GetExcluded(), done=self.show_excluded, failed=self.said.emit, parent=self)

    def show_excluded(self, reply: Excluded) -> None:
        """Files and folders that the person took out one by one."""
        self.excluded.show_paths(reply.paths)

    def _include(self, paths: tuple[str, ...]) -> None:
        self._client.request(Include(paths), done=self._ask_excluded, failed=self.said.emit, parent=self)
