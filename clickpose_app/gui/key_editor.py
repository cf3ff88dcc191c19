"""The page of the settings on which keys are changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from clickpose_app.gui.actions import ACTIONS, plain, shown_keys
from clickpose_app.gui.key_presets import PRESETS
from clickpose_app.gui.keymap import Keymap, shown_key
from clickpose_app.gui.texts import tr

_NAME = Qt.ItemDataRole.UserRole
_MODIFIERS = (
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta),
    *(Qt.Key.Key_AltGr, Qt.Key.Key_unknown),
)


class KeyCatcher(QPushButton):
    """Once pressed, it takes the next key for itself; Esc or leaving it gives up.

    Qt's own field for keys also takes Tab, so nobody could leave it by keyboard.
    """

    caught = Signal(str)
    """The key, as QKeySequence writes it."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """Say that on the button until it is pressed."""
        super().__init__(label, parent)
        self._label = label
        self.setCheckable(True)
        self.toggled.connect(self._on_toggled)

    def event(self, event: QEvent) -> bool:
        """While waiting every key is meant for us, Tab and shortcuts included."""
        if self.isChecked() and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Whoever goes elsewhere does not want it any more."""
        self.setChecked(False)
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MODIFIERS:
            return
        self.setChecked(False)
        if key == Qt.Key.Key_Escape and not event.modifiers():
            return
        combination = event.keyCombination()
        modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.text().isprintable() and event.text() and not event.text().isalnum():
            # "?" is pressed with Shift; on another keyboard it is not.
            modifiers &= ~Qt.KeyboardModifier.ShiftModifier
        sequence = QKeySequence(modifiers | key)
        self.caught.emit(sequence.toString(QKeySequence.SequenceFormat.PortableText))

    def _on_toggled(self, waiting: bool) -> None:
        self.setText(tr("Press the new key… (Esc: leave as it is)") if waiting else self._label)


class KeyEditor(QWidget):
    """All actions with their keys; every change takes effect at once."""

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        """Show and change the keys of that map."""
        super().__init__(parent)
        self._keymap = keymap
        self._wanted: tuple[str, bool] | None = None
        self.presets = QComboBox()
        self.presets.setAccessibleName(tr("Keys as in"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search for an action or a key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.replace = KeyCatcher(tr("Change key…"))
        self.add = KeyCatcher(tr("Add another key…"))
        self.remove = QPushButton(tr("No key"))
        self.reset = QPushButton(tr("Default keys"))
        self.message = QLabel()
        self.take = QPushButton(tr("Use it here instead"))
        self._build()
        self._fill()
        self._connect()
        self._show_state()

    @property
    def action_name(self) -> str:
        """Name of the action that is selected; empty if none is."""
        item = self.tree.currentItem()
        return "" if item is None else str(item.data(0, _NAME) or "")

    def choose(self, name: str) -> None:
        """Select an action."""
        for item in self.rows:
            if item.data(0, _NAME) == name:
                self.tree.setCurrentItem(item)

    def _build(self) -> None:
        for preset in PRESETS:
            self.presets.addItem(preset.title)
        use = QPushButton(tr("Use these keys"))
        use.clicked.connect(self._on_preset_wanted)
        self.use_preset = use
        upper = QHBoxLayout()
        label = QLabel(tr("&Keys as in"))
        label.setBuddy(self.presets)
        # Qt allows too little for words with an underlined letter.
        label.setMinimumWidth(label.sizeHint().width() + 6)
        for widget in (label, self.presets, use):
            upper.addWidget(widget)
        upper.addStretch(1)
        upper.addWidget(self.search, 2)
        self.tree.setAccessibleName(tr("Actions and their keys"))
        self.tree.setHeaderLabels([tr("Action"), tr("Keys")])
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        said = QHBoxLayout()
        said.addWidget(self.message, 1)
        said.addWidget(self.take)
        lower = QHBoxLayout()
        for button in (self.replace, self.add, self.remove, self.reset):
            lower.addWidget(button)
        lower.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(upper)
        layout.addWidget(self.tree, 1)
        layout.addLayout(said)
        layout.addLayout(lower)

    def _fill(self) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        self.rows: list[QTreeWidgetItem] = []
        for spec in ACTIONS:
            if spec.menu not in groups:
                group = QTreeWidgetItem(self.tree, [plain(spec.menu)])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = group.font(0)
                font.setBold(True)
                group.setFont(0, font)
                group.setExpanded(True)
                groups[spec.menu] = group
            item = QTreeWidgetItem(groups[spec.menu], [plain(spec.text)])
            item.setData(0, _NAME, spec.name)
            self.rows.append(item)
        self._show_keys()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search_changed)
        self.tree.currentItemChanged.connect(self._on_tree_current_changed)
        self.tree.itemActivated.connect(lambda *_: self._start())
        self.replace.caught.connect(lambda key: self._want(key, more=False))
        self.add.caught.connect(lambda key: self._want(key, more=True))
        self.remove.clicked.connect(lambda: self._do(partial(self._keymap.assign, keys=())))
        self.reset.clicked.connect(self._on_reset_clicked)
        self.take.clicked.connect(self._on_take_clicked)
        self._keymap.changed.connect(self._show_keys)

    def _start(self) -> None:
        if self.action_name:
            self.replace.setFocus()
            self.replace.setChecked(True)

    def _want(self, key: str, *, more: bool) -> None:
        """The person pressed a key; it is taken only if it is free."""
        name = self.action_name
        sentence = self._keymap.conflict(name, key)
        self._wanted = (key, more) if sentence else None
        if sentence:
            self._say(sentence, offer=bool(self._keymap.owner(key, but=name)))
        else:
            self._give(name, key, more=more)

    def _give(self, name: str, key: str, *, more: bool) -> None:
        loser = self._keymap.owner(key, but=name)
        self._keymap.assign(name, (*self._keymap.keys(name), key) if more else (key,))
        self._say(self._given_words(name, key, loser))
        self._show_state()

    def _given_words(self, name: str, key: str, loser: str) -> str:
        specs = {spec.name: plain(spec.text) for spec in ACTIONS}
        if loser and not self._keymap.keys(loser):
            words = tr("{key} is now “{action}”. “{other}” has no key any more.")
            return words.format(key=shown_key(key), action=specs[name], other=specs[loser])
        return tr("{key} is now “{action}”.").format(key=shown_key(key), action=specs[name])

    def _do(self, act: Callable[[str], object]) -> None:
        if self.action_name:
            act(self.action_name)
            self._say("")
            self._show_state()

    def _say(self, sentence: str, *, offer: bool = False) -> None:
        self.message.setText(sentence)
        self.take.setVisible(offer)
        if offer:
            self.take.setFocus()

    def _on_take_clicked(self) -> None:
        if self._wanted is not None and self.action_name:
            key, more = self._wanted
            self._wanted = None
            self._give(self.action_name, key, more=more)
            self.tree.setFocus()

    def _on_reset_clicked(self) -> None:
        name = self.action_name
        default = next((spec.keys for spec in ACTIONS if spec.name == name), ())
        taken = [sentence for key in default if (sentence := self._keymap.conflict(name, key))]
        if taken:
            # Back means back: but whoever has the key now must be named, not robbed.
            self._wanted = (next(k for k in default if self._keymap.owner(k, but=name)), True)
            self._say(taken[0], offer=True)
        else:
            self._do(self._keymap.reset)

    def _on_preset_wanted(self) -> None:
        preset = PRESETS[self.presets.currentIndex()]
        lost = self._keymap.use(preset.keys)
        sentence = tr(preset.remark)
        if lost:
            names = ", ".join(plain(spec.text) for spec in ACTIONS if spec.name in lost)
            sentence += " " + tr("Without a key now: {actions}.").format(actions=names)
        self._say(sentence)
        self._show_state()

    def _on_search_changed(self, words: str) -> None:
        words = words.casefold().strip()
        for item in self.rows:
            text = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(bool(words) and words not in text)

    def _on_tree_current_changed(self) -> None:
        self._wanted = None
        self._say("")
        self._show_state()

    def _show_keys(self) -> None:
        for item in self.rows:
            name = str(item.data(0, _NAME))
            item.setText(1, shown_keys(self._keymap.keys(name)))
            font = item.font(1)
            font.setBold(not self._keymap.is_default(name))
            item.setFont(1, font)

    def _show_state(self) -> None:
        name = self.action_name
        for button in (self.replace, self.add):
            button.setEnabled(bool(name))
        self.remove.setEnabled(bool(name) and bool(self._keymap.keys(name)))
        self.reset.setEnabled(bool(name) and not self._keymap.is_default(name))
        self.take.setVisible(self._wanted is not None and self.take.isVisible())
