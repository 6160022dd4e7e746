"""What the lines around a text say of it: author, document number (文号), issue (期号), who sent it in (报送单位)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.spacing import squeezed
from ingest.dates import find_date
from ingest.fields import is_organ, is_unit
from ingest.words import words

_NAME = r"(?:(?!通讯员)[一-鿿·]){2,4}(?=通讯员|[^一-鿿]|$)"
_NAMES = rf"{_NAME}(?:(?:[、 　,，]+(?:通讯员\s*)?|\s*通讯员\s*){_NAME}){{0,5}}"
_AUTHOR = re.compile(
    rf"(?:^|[\s　（(|｜])(?:作\s*者|撰\s*稿(?:人)?|撰\s*文|执\s*笔|文[/／|｜]|(?:本[报刊网台]|特约)?(?:记者|通讯员))"
    rf"\s*[:：]?\s*({_NAMES})"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d{2}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}(?:\s*日)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_ROLE = re.compile(
    r"(?:本[报网刊台站]|特约)?(?:全媒体)?(?:见习|实习)?(?:记者|通讯员|特约撰稿人?)|作者|供稿|撰稿|执笔|文|图|文图|图文|[□■○◎]|(?:作者|报送|供稿|来稿|投稿|实施|申报|推荐|选送)?单位|来源"
)
_BULLETS = "□■○◎"
_DONE = re.compile(r"(?<=[一-鿿]{4})(?:整理|汇编|编辑|编发|编印|汇总|编)$")
"""What a body did with a text, behind its name."""
_PERSON = re.compile(r"[一-鿿](?:·?[一-鿿]){1,3}")
_PLACE = re.compile(r"[一-鿿]{2,12}(?:镇|乡|街道|社区|村|县|市|区|旗)")
_LABEL = re.compile(r"([^\s　：:，,、]{1,10})[：:]")
_PARTS = re.compile(r"[\s　,，、;；|｜:：/／]+")
_NAMED_SO = re.compile(r"(?:作者|记者|通讯员|撰稿人?|执笔)\s*[:：]\s*([一-鿿·]{2,4})(?![一-鿿])")
"""A name behind a label, whatever its family name."""
_DATELINE = re.compile(
    r"[^。，]{0,30}?(?:讯|电|消息|报道)\s*[（(](?:本[报刊网台]|特约)?(?:记者|通讯员)\s*"
    rf"({_NAMES})[^）)]{{0,20}}[)）]"
)
_FROM = re.compile(rf"(?:作\s*者|撰\s*文|文)\s*[:：/／|｜]\s*({_NAMES})\s*[（(]([一-鿿]{{2,20}})[)）]")
_SPEAKER = re.compile(
    r"[一-鿿、 　]{0,30}(?:总理|主席|省长|市长|州长|盟长|县长|区长|旗长|镇长|乡长|书记|主任|部长|厅长|局长)[ 　]+"
    r"([一-鿿]{1,4}(?:[ 　·]?[一-鿿]{1,4})?)"
)
_NUMBER = re.compile(r"[一-鿿]{0,12}[〔\[（【(]\s*(?:19|20)\d{2}\s*[〕\]）】)]\s*第?\s*\d{1,5}\s*[号次]")
_SIGNER = re.compile(r"\s+签发人?\s*[:：].{0,20}$|(?<=号)\s*[（(][^（()）]{1,8}[)）]$")
_LABELLED = re.compile(rf"(?:发文字号|文\s*号|文件编号)\s*[:：]\s*({_NUMBER.pattern})")
_ISSUE = re.compile(
    r"(?:(?:19|20)\d{2}\s*年\s*)?第\s*[\d一二三四五六七八九十百〇零]+\s*期"
    r"(?:\s*总\s*第?\s*[\d一二三四五六七八九十百〇零]+\s*期|\s*[（(]\s*总\s*第?\s*[\d一二三四五六七八九十百〇零]+\s*期\s*[)）])?"
)
_SENT = re.compile(r"(?:报送单位|供稿单位|来稿单位|报送|供\s*稿)\s*[:：]\s*([^\s，。；:：（()）]{3,30})")
_GIVEN = re.compile(r"(.{2,36}?)(?:供稿|报送|来稿|提供稿件)$")


@dataclass(frozen=True, slots=True)
class Credits:
    """What was found; ``source`` is the body named in a byline, ``used`` are the lines that say nothing else."""

    author: str | None
    number: str | None
    used: tuple[str, ...]
    source: str | None = None
    speaker: str | None = None


def read_credits(lines: Sequence[str], *, alone: bool = False, written: bool = False, named: bool = False) -> Credits:
    """Author, source and document number in the short lines under a title.

    ``alone``: the name of a body right under the title is whose article it is; ``written``: so are names of persons,
    one perhaps with an office, and ``named``: whatever stands there. ``speaker`` is the line that gives a person with
    an office.

    >>> found = read_credits(["三政办发〔2026〕12号", "作者：张三、李四", "2026年3月5日", "各乡镇："])
    >>> found.author, found.number, found.used
    ('张三、李四', '三政办发〔2026〕12号', ('三政办发〔2026〕12号', '作者：张三、李四', '2026年3月5日'))
    """
    author = number = source = speaker = None
    used: list[str] = []
    signs = _signs(lines)
    for line in lines:
        text = _SIGNER.sub("", line.strip())
        unit = re.sub(r"[ 　]+(?:编|印|制|编印|编写|整理|宣)$", "", text)
        if alone and line is lines[0] and is_unit(unit) and len(unit) > 3:
            source = unit
            used.append(line)
            continue
        names = [part for part in _PARTS.split(text.lstrip("□■○◎ ")) if part]
        if written and author is None and line is lines[0] and names and (named or is_person(names[-1])):
            office = not named and len(names) == 2 and len(names[0]) > 3 and not is_organ(names[0])
            if office or named or all(map(is_person, names)):
                author, speaker = "、".join(names[office:]), text if office else None
                used.append(line)
                continue
        if (m := _FROM.fullmatch(text)) and author is None:
            author, source = _listed(m.group(1)), source or m.group(2)
            used.append(line)
            continue
        if line in signs and (byline := read_byline(text)):
            author, source = author or byline.author, source or byline.source
            used.append(line)
            continue
        if number is None and (found := find_number(text)):
            number = found
        if author is None and (m := _AUTHOR.search(text) or _SPEAKER.fullmatch(text)):
            author = _listed(m.group(1))
        speaker = speaker or (text if _SPEAKER.fullmatch(text) else None)
        bare = _SPEAKER.sub("", _AUTHOR.sub("", _NUMBER.sub("", text)))
        bare = re.sub(f"^(?:{_DATE.pattern})$", "", bare.strip("（）()[]【】 　|｜"))
        dated = find_date(text) is not None and re.search("截[至止]", text) is None
        if not bare or (dated and len(re.sub(r"[^一-鿿]", "", bare)) <= 6 and len(text) <= 24):
            used.append(line)
    return Credits(author, number, tuple(used), source, speaker)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an article, and the body that sent it in."""

    author: str | None
    source: str | None


def read_byline(text: str, *, alone: bool = False) -> Byline | None:
    """A line that is made of a date and the names of bodies and persons: of a person, not without body or role.

    ``alone``: persons may stand alone, as in the brackets behind a text.

    >>> read_byline("2026年3月5日　三塘县委社会工作部"), read_byline("（三塘县民政局  张某 李某某）")
    (Byline(author=None, source='三塘县委社会工作部'), Byline(author='张某、李某某', source='三塘县民政局'))
    >>> read_byline("报送单位：三塘县民政局")
    Byline(author=None, source='三塘县民政局')
    >>> read_byline("□张某"), read_byline("三塘县民政局"), read_byline("三塘 夜校")
    (Byline(author='张某', source=None), None, None)
    """
    said = re.sub(r"^([□■○◎])(?=\S)", r"\1 ", _without_date(text.strip("（）()[]【】 　")).strip())
    said = re.sub(r"^([□■○◎] 本[报刊网台](?:记者|通讯员)|[□■○◎] (?:记者|通讯员))(?=\S)", r"\1 ", said)
    if len(text) > 60 or not all(map(_ROLE.fullmatch, _LABEL.findall(said))):
        return None
    parts = [_DONE.sub("", part) or part for part in named_in(said)]
    marked = said.startswith(("□", "■", "○", "◎"))
    bodies = [part for part in parts if is_organ(part) or ((marked or alone) and _PLACE.fullmatch(part))]
    roles = [part for part in parts if _ROLE.fullmatch(part)]
    persons = [part for part in parts if part not in bodies and part not in roles]
    dated = find_date(text) is not None
    told = alone or bodies or roles if persons else bodies and (dated or roles)
    labelled = _NAMED_SO.findall(said)
    if not told or not all(person in labelled or is_person(person) for person in persons):
        return None
    return Byline("、".join(persons) or None, "、".join(bodies) or None)


def is_person(name: str) -> bool:
    """Whether it can be the name of a person: a family name with one or two characters.

    >>> is_person("张某"), is_person("欧阳晓明"), is_person("主持"), is_person("一等奖")
    (True, True, False, False)
    """
    whole = words("surnames")
    compound = len(name) in (3, 4) and name[:2] in whole[-1].split()
    single = len(name) in (2, 3) and any(name[0] in line for line in whole[:-1])
    if re.fullmatch("[一-鿿]某{1,2}", name):
        return True
    return _PERSON.fullmatch(name) is not None and (compound or single or "·" in name)


def named_in(text: str) -> list[str]:
    """The names that a line sets apart, those of two characters whole where they are spaced.

    >>> named_in("张某某、李　某")
    ['张某某', '李某']
    """
    return _whole_names([part for part in _PARTS.split(text.strip()) if part])


def names_person(text: str) -> bool:
    """Whether a line ends with the name of a person, with an office or a body before it or alone.

    >>> names_person("三塘县委副书记　张某"), names_person("三塘 夜校")
    (True, False)
    """
    parts = [part for part in _PARTS.split(text.strip()) if part]
    return len(parts) <= 4 and bool(parts) and is_person(parts[-1])


def _without_date(text: str) -> str:
    return _DATE.sub(" ", text, count=1)


def _whole_names(parts: list[str]) -> list[str]:
    """The parts, single characters that stand side by side as one: a name of two characters is set apart (张 某)."""
    out: list[str] = []
    for part in parts:
        if len(part) == 1 and out and len(out[-1]) == 1 and out[-1] not in _BULLETS:
            out[-1] += part
        else:
            out.append(part)
    return out


def _signs(lines: Sequence[str]) -> list[str]:
    """The lines right under a title that may sign it: not those of a list, of which there are more than two."""
    first = list(takewhile(lambda line: read_byline(line.strip()) or is_organ(line.strip()), lines))
    marked = [line for line in lines if line.startswith(("□", "■", "○", "◎")) and read_byline(line)]
    return [*(first if len(first) < 3 else []), *marked]


def find_dateline_author(body: str) -> str | None:
    """Who wrote an article by its dateline.

    >>> find_dateline_author("本报讯（通讯员　张某）近日，三塘镇开办夜校。"), find_dateline_author("记者来到三塘镇。")
    ('张某', None)
    """
    m = _DATELINE.match(body)
    return _listed(m.group(1)) if m else None


def is_dateline(text: str) -> bool:
    """Whether a text begins with a dateline that names its reporters (本报讯（记者　张某）)."""
    return _DATELINE.match(text) is not None


def _listed(names: str) -> str:
    """Names as a list; one of two characters set apart is one name."""
    parts = re.split(r"[\s　,，、]+", names.replace("通讯员", " ").strip())
    parts = [part for part in parts if len(part) == 1 or is_person(part)] or parts
    whole = all(len(part) == 1 for part in parts)
    return ("" if whole else "、").join(parts)


def find_number(text: str) -> str | None:
    """A document number that stands alone or behind its label.

    >>> find_number("穗府办规〔2024〕13号"), find_number("根据穗府办规〔2024〕13号文")
    ('穗府办规〔2024〕13号', None)
    """
    m = _LABELLED.search(text)
    number = m.group(1) if m else _SIGNER.sub("", text).strip("（）() 　\t")
    return squeezed(number) if _NUMBER.fullmatch(number) else None


def find_issue(lines: Iterable[str]) -> str | None:
    """The issue that a masthead or a running head prints.

    >>> find_issue(["三塘工作简报", "2026年 第 3 期（总第96期）　三塘县委办公室编"])
    '2026年第3期（总第96期）'
    """
    found = (m.group() for line in lines if len(line) <= 60 and (m := _ISSUE.search(line)))
    return next((squeezed(issue) for issue in found), None)


def find_reporter(lines: Iterable[str], source_line: str | None) -> str | None:
    """Who sent an article in: 报送单位：××, or the body that 供稿.

    >>> find_reporter([], "三塘县委社会工作部供稿"), find_reporter(["报送单位：红旗街道"], None)
    ('三塘县委社会工作部', '红旗街道')
    """
    for line in lines:
        if (m := _SENT.search(line)) and not line.lstrip().startswith(("报送：", "报送:")):
            return m.group(1)
    said = (source_line or "").strip()
    if m := _SENT.search(said) or _GIVEN.fullmatch(said):
        return m.group(1).strip()
    return None


def folder_reporter(folder: str) -> str | None:
    """The body a folder of submissions is named after.

    >>> folder_reporter("03三塘县委社会工作部"), folder_reporter("2026年材料")
    ('三塘县委社会工作部', None)
    """
    name = re.sub(r"^[\d\s._、—-]+|[\s._、—（(-]*(?:报送|材料|上报|投稿|来稿)?[)）]?$", "", folder)
    return name if is_organ(name) else None
