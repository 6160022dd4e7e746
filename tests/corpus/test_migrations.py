"""A library of an older version is brought to ours with all that was in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from corpus.catalogue import Catalogue
from corpus.database import open_engine, sqlite_url

DOCUMENT = ("d", "a.txt", "a.txt", "0", "indexed", 1, '{"id": "d", "name": "a.txt", "path": "a.txt", "sha256": "0"}')
FACT = (
    '{"id": "f", "article": "a", "document": "d", "name": "a.txt", "indicator": "x", "indicator_name": "x", "object":'
    ' "“小哥”驿站", "action": "建成", "quantity": {"surface": "3个", "value": "3", "unit": "个", "span": [0, 2]},'
    ' "sentence": [0, 2], "sentence_text": "3个"}'
)


def _at(file: Path, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", "corpus:migrations")
    config.set_main_option("path_separator", "os")
    engine = create_engine(sqlite_url(file))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def test_figures_of_an_older_library_are_found_by_their_words_as_corrected(tmp_path: Path) -> None:
    file = tmp_path / "目录.sqlite"
    _at(file, "0001")
    with sqlite3.connect(file) as db:
        db.execute("insert into document (id,name,path,sha256,state,attempts,rest) values (?,?,?,?,?,?,?)", DOCUMENT)
        db.execute(
            "insert into article (id,document,ordinal,title,kind,content,body,runs,rest) "
            "values ('a','d',0,'题','news','c','3个','[]','{}')"
        )
        for fact in ("f", "g"):
            db.execute(
                "insert into fact (id,article,start,end,indicator,object,status,level,rest) "
                "values (?,'a',0,2,'x','“小哥”驿站','done','county',?)",
                (fact, FACT.replace('"id": "f"', f'"id": "{fact}"')),
            )
        db.execute(
            "insert into correction (fact,field,old,new,author,at) values ('g','object',null,'书屋','某','2026')"
        )
    db.close()
    catalogue = Catalogue(open_engine(sqlite_url(file), migrate=True))
    assert [f.id for f in catalogue.facts(about=["小哥驿站"])] == ["f"]
    assert [f.id for f in catalogue.facts(about=["书屋建成"])] == ["g"]
    assert [f.id for f in catalogue.facts(about=["建成"])] == ["f", "g"]
    catalogue.engine.dispose()
