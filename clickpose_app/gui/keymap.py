"""Which keys an action has: those of the table, or those that the person gave it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from clickpose_app.gui.actions import ACTIONS, ActionSpec, plain, show_keys
from clickpose_app.gui.settings import Settings
from clickpose_app.gui.texts import text, tr

Keys = tuple[str, ...]

# Not actions: what the canvas and the window do themselves, with keys that are held or typed.
HELD = {
    "H": text("Hold to hide all poses"),
    "Space": text("Hold to move the picture"),
    **{str(number): text("Select a person") for number in range(1, 10)},
}


def normal(key: str) -> str:
    """One spelling for each key; empty if it is none."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


class Keymap(QObject):
    """The keys of all actions; a key never means two things."""

    changed = Signal()
    """Some action has other keys now."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        """Start with what the settings say."""
        super().__init__(parent)
        self._settings = settings
        self._specs = {spec.name: spec for spec in ACTIONS}
        stored = settings.keys
        self._keys = self._resolved({n: k for n, k in stored.items() if n in self._specs})

    def keys(self, name: str) -> Keys:
        """The keys of an action, the one shown first; maybe none."""
        return self._keys[name]

    @property
    def all(self) -> dict[str, Keys]:
        """The keys of every action by name."""
        return dict(self._keys)

    def is_default(self, name: str) -> bool:
        """Whether an action has the keys of the table."""
        return self._keys[name] == _default(self._specs[name])

    def owner(self, key: str, *, but: str = "") -> str:
        """Name of the action that has a key, other than one; empty if none has."""
        key = normal(key)
        return next((n for n, keys in self._keys.items() if key in keys and n != but), "")

    def conflict(self, name: str, key: str) -> str:
        """A sentence that says what a key means already; empty if it is free for the action."""
        shown = shown_key(key)
        owner = self.owner(key, but=name)
        if owner:
            sentence = tr("{key} already means “{action}”.")
            return sentence.format(key=shown, action=plain(self._specs[owner].text))
        if self.is_held(key) and normal(key) not in _default(self._specs[name]):
            sentence = tr("{key} has a meaning of its own: {meaning}. Choose another key.")
            return sentence.format(key=shown, meaning=tr(HELD[normal(key)]).lower())
        return ""

    def is_held(self, key: str) -> bool:
        """Whether the canvas needs that key itself, unless the table gives it to an action."""
        key = normal(key)
        return key in HELD and all(key not in _default(spec) for spec in ACTIONS)

    def assign(self, name: str, keys: Keys) -> None:
        """Give an action these keys and no others; who had one of them loses it."""
        keys = tuple(dict.fromkeys(normal(key) for key in keys))
        changed = {n: tuple(k for k in ks if k not in keys) for n, ks in self._keys.items()}
        changed[name] = keys
        self._take(changed)

    def reset(self, name: str) -> None:
        """Give an action the keys of the table again; who had one of them loses it."""
        self.assign(name, _default(self._specs[name]))

    def use(self, preset: Mapping[str, Keys]) -> list[str]:
        """Give actions the keys of a preset, all others those of the table.

        Returns:
            Names of the actions that have lost all of their keys to the preset.
        """
        self._take(self._resolved({n: k for n, k in preset.items() if n in self._specs}))
        return [s.name for s in ACTIONS if s.keys and not self._keys[s.name]]

    def apply(self, actions: Mapping[str, QAction]) -> None:
        """Let the actions of the window have these keys."""
        for spec in ACTIONS:
            show_keys(actions[spec.name], spec, self._keys[spec.name])

    def _resolved(self, wanted: Mapping[str, Keys]) -> dict[str, Keys]:
        """Keys of every action: what is wanted wins over the table."""
        chosen = {name: tuple(normal(key) for key in keys) for name, keys in wanted.items()}
        taken = {key for keys in chosen.values() for key in keys}
        return {
            spec.name: chosen[spec.name]
            if spec.name in chosen
            else tuple(key for key in _default(spec) if key not in taken)
            for spec in ACTIONS
        }

    def _take(self, keys: dict[str, Keys]) -> None:
        if keys == self._keys:
            return
        self._keys = keys
        self._settings.keys = {n: k for n, k in keys.items() if not self.is_default(n)}
        self.changed.emit()


def shown_key(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _default(spec: ActionSpec) -> Keys:
    return tuple(normal(key) for key in spec.keys)
