"""An issue that was revised in Word or WPS: what the file says otherwise, taken over or named.

What the file leaves as it was exported stays as it now is in the issue; what both sides changed stays as the issue has
it, and is named. Text in no bookmark of ours goes on the entry it stands in; before the first entry of a section, or
under a heading of its own, it is a new entry without sources.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from answer.issue_docx import frame, order, stamp, stamp_of
from answer.issue_read import Read, read_revised
from corpus.digests import Entry, Issue, Section
from corpus.errors import UsageError
from corpus.spacing import squeezed

_CREDIT = re.compile(r"（([^（）]{1,60})供稿）[ \t　]*$", re.MULTILINE)
_NUMBERED = re.compile(r"^\s*(?:（[一二三四五六七八九十百零]+）|[一二三四五六七八九十百零]+、)")


@dataclass(frozen=True, slots=True)
class Revision:
    """An issue with what an edited file says otherwise.

    ``changed``, ``added``: how many entries. ``headings``: how many headings of sections, and the title. ``moved``:
    the order is now the file's. ``kept``: what was changed on both sides and stays as the issue has it. ``missing``:
    headings of entries and sections that the file does not have. ``left``: what of the file is not taken.
    """

    issue: Issue
    changed: int
    added: int
    headings: int
    moved: bool
    kept: tuple[str, ...]
    missing: tuple[str, ...]
    left: tuple[str, ...]


def revised(issue: Issue, file: Path) -> Revision:
    """What an edited file says otherwise: title, sections, entries, their order, who sent an entry in.

    Raises:
        UsageError: it is no .docx, or none of this issue's.
    """
    read = read_revised(file)
    told = _told(read, issue)
    kept: list[str] = []
    title = _heading(issue.title, told.title, read.stamps.get(("i", "title")), kept)
    sections = {section.id: section for section in issue.sections}
    for part in told.sections:
        old = sections.get(part.id) or Section(part.id, part.heading)
        said = _heading(old.heading, part.heading, read.stamps.get(("s", part.id)), kept)
        sections[part.id] = replace(old, heading=said)
    entries = {entry.id: entry for entry in issue.entries}
    for each in told.entries:
        entries[each.id] = _entry(each, entries.get(each.id), _exported(each, read), kept)
    sequence, moved = _sequence(issue, told.order, read.stamps.get(("o", "order")), kept)
    new = replace(issue, title=title, sections=tuple(_sections(sequence, sections, entries)))
    before = {section.id: section.heading for section in issue.sections}
    return Revision(
        new,
        sum(old != entries[old.id] for old in issue.entries),
        len(new.entries) - len(issue.entries),
        (title != issue.title) + sum(s.heading != before.get(s.id, "") for s in new.sections),
        moved, tuple(kept), tuple(_missing(issue, told.order)), tuple(_left(read, issue)),
    )  # fmt: skip


def _heading(now: str, new: str, exported: str | None, kept: list[str]) -> str:
    """A heading as the file has it; one typed anew has lost its bookmark and with it what was exported."""
    if not new or stamp(new) in (exported, stamp(now)):
        return now
    if exported in (None, stamp(now)):
        return new
    kept.append(now)
    return now


def _entry(told: _Told, now: Entry | None, exported: str | None, kept: list[str]) -> Entry:
    new = told.entry(now or Entry(told.id))
    if now is None or stamp_of(new) in (exported, stamp_of(now)):
        return now or new
    if exported in (None, stamp_of(now)):
        return new
    kept.append(now.heading)
    return now


def _exported(told: _Told, read: Read) -> str | None:
    return read.stamps.get(("t", told.id)) or read.stamps.get(("h", told.id))


def _missing(issue: Issue, told: Sequence[str]) -> Iterator[str]:
    for section in issue.sections:
        if section.entries and section.heading and f"#{section.id}" not in told:
            yield section.heading
        for entry in section.entries:
            if (entry.heading or entry.text) and entry.id not in told:
                yield entry.heading or f"{entry.text[:12]}…"


def _left(read: Read, issue: Issue) -> Iterator[str]:
    exported = read.stamps.get(("f", "frame"))
    framed = stamp("".join(line.text for line in read.lines if line.part == "f"))
    if exported and framed not in (exported, stamp(frame(issue))):
        yield "刊头和版记"
    yield from dict.fromkeys(read.others)


# --- the order --------------------------------------------------------------------------------------------------------


def _sequence(issue: Issue, told: Sequence[str], exported: str | None, kept: list[str]) -> tuple[list[str], bool]:
    """Sections (with #) and entries in order, and whether it is the file's; what one side alone has is woven in."""
    own = [each for section in issue.sections for each in (f"#{section.id}", *(e.id for e in section.entries))]
    theirs = _known(told, set(own))
    if theirs == [each for each in own if each in theirs] or stamp(*theirs) == exported:
        return _woven(own, told), False
    if exported not in (None, stamp(*order(issue))):
        kept.append("次序")
        return _woven(own, told), False
    return _woven(told, own), True


def _known(told: Sequence[str], own: set[str]) -> list[str]:
    """What of a file's order is the issue's: also its new sections, where entries of the issue's were put into them."""
    found: list[str] = []
    new = ""
    for each in told:
        if each.startswith("#"):
            new = "" if each in own else each
        if each in own:
            found += [new, each] if new else [each]
            new = ""
    return found


def _woven(base: Sequence[str], other: Sequence[str]) -> list[str]:
    """The base, and what only the other has behind what comes before it there; a section behind a whole section.

    >>> _woven(["#s", "b", "a", "#t", "c"], ["#s", "a", "x", "#u", "y", "b", "#t", "c"])
    ['#s', 'b', 'a', 'x', '#u', 'y', '#t', 'c']
    """
    made = list(base)
    at = 0
    for each in other:
        if each not in made:
            if each.startswith("#"):
                at = next((n for n in range(at, len(made)) if made[n].startswith("#")), len(made))
            made.insert(at, each)
        at = made.index(each) + 1
    return made


def _sections(
    sequence: Sequence[str], sections: Mapping[str, Section], entries: Mapping[str, Entry]
) -> Iterator[Section]:
    starts = [n for n, each in enumerate(sequence) if each.startswith("#")]
    for start, end in zip(starts, [*starts[1:], len(sequence)], strict=True):
        held = tuple(entries[each] for each in sequence[start + 1 : end])
        yield replace(sections[sequence[start][1:]], entries=held)


# --- sections and entries of a file -----------------------------------------------------------------------------------


@dataclass(eq=False)
class _Told:
    """A section or an entry as the file has it; ``id`` "" until it is known to be one of the issue's."""

    id: str
    heads: bool = False
    heading: str = ""
    text: str = ""

    def entry(self, old: Entry) -> Entry:
        """The entry with what the file says."""
        text = self.text.strip("\n").rstrip()
        units = dict.fromkeys(_CREDIT.findall(text))
        return replace(old, heading=self.heading, text=_CREDIT.sub("", text).rstrip(), unit="、".join(units))


@dataclass
class _Parts:
    """The title of a file, its sections and entries in order."""

    title: str = ""
    all: list[_Told] = field(default_factory=list)

    @property
    def sections(self) -> list[_Told]:
        """The sections."""
        return [each for each in self.all if each.heads]

    @property
    def entries(self) -> list[_Told]:
        """The entries."""
        return [each for each in self.all if not each.heads]

    @property
    def order(self) -> list[str]:
        """The ids, those of sections with #."""
        return [f"#{each.id}" if each.heads else each.id for each in self.all]

    def part(self, id_: str = "", *, heads: bool = False) -> _Told:
        """The section or entry of an id, or a new one behind what there is."""
        found = next((each for each in self.all if id_ and (each.id, each.heads) == (id_, heads)), None)
        if found is None:
            found = _Told(id_, heads)
            self.all.append(found)
        return found


def _told(read: Read, issue: Issue) -> _Parts:
    """The paragraphs put together. A heading typed anew has lost its bookmark: the text under it tells whose it is."""
    parts = _Parts()
    now: _Told | None = None
    marked = {(line.part, line.id) for line in read.lines}
    for line in read.lines:
        said = line.text.strip()
        if line.part == "i":
            parts.title += said
        elif line.part in ("s", "h"):
            heads = line.part == "s"
            made = parts.part(line.id, heads=heads)
            made.heading += _NUMBERED.sub("", said)
            now = None if heads else made
        elif line.part == "t":
            if now is not None and not now.id and not now.text and ("h", line.id) not in marked:
                now.id = line.id
            now = parts.part(line.id)
            now.text += f"{line.text}\n"
        elif not line.part:
            now = now or parts.part()
            now.text += f"{line.text}\n"
    _check(parts, issue)
    _prune(parts, issue, read)
    _name(parts, issue)
    return parts


def _check(parts: _Parts, issue: Issue) -> None:
    own = _ids(issue)
    named = {each.id for each in parts.all if each.id}
    if named and own and not named & own:
        raise UsageError("这个 Word 文件不是从这份摘编导出的，没有导回。请打开它所属的摘编，再在那里导回。")


def _prune(parts: _Parts, issue: Issue, read: Read) -> None:
    """Take out what was removed from the issue after the export and left alone in the file."""
    own = _ids(issue)
    gone = [
        each for each in parts.entries
        if each.id and each.id not in own and stamp_of(each.entry(Entry(each.id))) == _exported(each, read)
    ]  # fmt: skip
    parts.all = [each for each in parts.all if each not in gone]
    parts.all = [
        each for each, after in zip(parts.all, [*parts.all[1:], None], strict=True)
        if not each.heads or not each.id or each.id in own or (after is not None and not after.heads)
    ]  # fmt: skip


def _name(parts: _Parts, issue: Issue) -> None:
    """Give an id to what has none: that of the issue's entry or section it must be, or a new one."""
    seen = {each.id for each in parts.all}
    lost = {squeezed(entry.heading): entry.id for entry in issue.entries if entry.heading and entry.id not in seen}
    for told in parts.entries:
        told.id = told.id or lost.pop(squeezed(told.heading), "") or _fresh()
    if parts.all and not parts.all[0].heads:
        leads = issue.sections and not issue.sections[0].heading.strip()
        parts.all.insert(0, _Told(issue.sections[0].id if leads else _fresh(), heads=True))
    home = {entry.id: section.id for section in issue.sections for entry in section.entries}
    for told in parts.sections:
        if not told.id:
            after = parts.all[parts.all.index(told) + 1 :]
            first = next((each for each in after if each.heads or each.id in home), None)
            own = home[first.id] if first is not None and not first.heads else ""
            told.id = own if own and own not in seen else _fresh()
            seen.add(told.id)


def _ids(issue: Issue) -> set[str]:
    return {section.id for section in issue.sections} | {entry.id for entry in issue.entries}


def _fresh() -> str:
    return uuid.uuid4().hex[:12]
