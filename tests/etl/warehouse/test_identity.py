"""What counts as the same comment and the same post, from the file to the figure."""

from __future__ import annotations

import json
import os
import random
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from etl.ingest.staging import ImportOverrides
from etl.lake import store as lake
from etl.lake.pseudonym_key import secret
from etl.operations import erasure as erasing
from etl.operations import retention
from etl.pipeline import check, load, rebuild
from svarvakt.decisions import New, open_store
from tests.support.graph_threads import PAGE, Message, comment_id, graph_json, write
from tests.support.lake_contents import everything, rows

COMMENTS = (
    "Plattform;Konto;Innleggets ID;Kommentarens ID;Svar på;Tidspunkt;Tekst;Skrevet av kontoen"
)
POSTS = "Plattform;Konto;Innleggets ID;Publisert;Tekst;Reaksjoner"
ASKED = "snapchat;{account};{post};{id};{parent};02.03.2026 {clock};Når stenger dere {post}?;nei"
ANSWERED = "snapchat;{account};{post};{id};{parent};02.03.2026 {clock};Klokka 21.;ja"


def table(path: Path, header: str, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def line(
    kind: str, account: str, post: int, number: int, parent: object = "", minute: int = 0
) -> str:
    clock = f"{10 + minute // 60}:{minute % 60:02}"
    return kind.format(account=account, post=post, id=number, parent=parent, clock=clock)


def thread(account: str, post: int, first: int = 1) -> list[str]:
    """A question and its answer, numbered under the post."""
    return [
        line(ASKED, account, post, first),
        line(ANSWERED, account, post, first + 1, first, 30),
    ]


def test_a_number_under_a_post_is_looked_for_among_its_comments_first(
    data_dir: Path, tmp_path: Path
) -> None:
    lines = [
        each for post in (1, 2, 3) for each in thread("huset", post) + thread("huset", post, 3)
    ]
    load([table(tmp_path / "k.csv", COMMENTS, *lines)])
    assert rows(data_dir, "SELECT count(*), count(answered_at) FROM items") == [(6, 6)]


def test_a_number_that_no_comment_has_means_the_post(data_dir: Path, tmp_path: Path) -> None:
    load([table(tmp_path / "k.csv", COMMENTS, line(ASKED, "huset", 7, 1, 7))])
    assert rows(data_dir, "SELECT parent_id, thread_id = item_id FROM items") == [(None, True)]


def test_two_accounts_share_neither_posts_nor_comments(data_dir: Path, tmp_path: Path) -> None:
    """Also in one file, and where only one of the files holds the account's other name."""
    posts = [
        f"snapchat;{account};1;02.03.2026 12:00;Nytt;10" for account in ("huset", "biblioteket")
    ]
    table(tmp_path / "p.csv", POSTS, *posts, "snapchat;huset;2;03.03.2026 12:00;Mer;11")
    both = [*thread("huset", 1), line(ASKED, "biblioteket", 1, 1)]
    report = load([table(tmp_path / "k.csv", COMMENTS, *both), tmp_path / "p.csv"])
    assert [(one.posts, one.comments, one.replies, one.rejected) for one in report.files] == [
        (0, 2, 1, 0),
        (3, 0, 0, 0),
    ]
    assert rows(data_dir, "SELECT count(*), sum(reactions) FROM posts") == [(3, 31)]
    assert rows(data_dir, "SELECT account_id, answered_at IS NOT NULL FROM items ORDER BY ALL") == [
        ("snapchat:biblioteket", False),
        ("snapchat:huset", True),
    ]


def test_one_account_by_two_names_has_each_comment_once(data_dir: Path, tmp_path: Path) -> None:
    table(
        data_dir / "register" / "accounts.csv",
        "account_id;platform;url;kind;identities",
        "snapchat:huset;snapchat;https://www.snapchat.com/add/huset;unit;ungdomshuset",
    )
    load([table(tmp_path / "a.csv", COMMENTS, line(ASKED, "@Huset", 1, 1))])
    load([table(tmp_path / "b.csv", COMMENTS, *thread("ungdomshuset", 1))])
    assert rows(data_dir, "SELECT count(*), count(answered_at) FROM items") == [(1, 1)]


def test_a_row_that_names_no_post_may_answer_one_that_does(data_dir: Path, tmp_path: Path) -> None:
    answer = line(ANSWERED, "huset", 1, 2, 1, 30).replace(";1;2;1;", ";;2;1;")
    load([table(tmp_path / "k.csv", COMMENTS, line(ASKED, "huset", 1, 1), answer)])
    assert rows(data_dir, "SELECT answered_at IS NOT NULL FROM items") == [(True,)]


@pytest.mark.parametrize(
    "own", ["1112223334", "5012345678_1112223334", "100064000000001_5012345678_1112223334"]
)
def test_facebooks_comments_have_one_form(data_dir: Path, tmp_path: Path, own: str) -> None:
    comment = {
        "id": "5012345678_1112223334", "message": "Når åpner dere?", "comment_count": 0,
        "created_time": "2026-03-02T08:00:00+0000", "from": {"id": "77", "name": "Ola N"},
    }  # fmt: skip
    post = {
        "id": f"{PAGE}_5012345678", "message": "Nytt", "from": {"id": PAGE, "name": "Fjordvik"},
        "created_time": "2026-03-02T07:00:00+0000", "comments": {"data": [comment]},
        "permalink_url": "https://www.facebook.com/fjordvik/posts/5012345678",
    }  # fmt: skip
    write(tmp_path / "facebook" / "fjordvik", {"data": [post]})
    lines = [
        f"facebook;fjordvik;5012345678;{own};;02.03.2026 09:00;Når åpner dere?;nei",
        f"facebook;fjordvik;5012345678;1112223335;{own};02.03.2026 10:00;Kl. 10.;ja",
    ]
    load([tmp_path / "facebook", table(tmp_path / "k.csv", COMMENTS, *lines)])
    found = rows(data_dir, "SELECT item_id, answered_at IS NOT NULL FROM items")
    assert found == [("facebook:5012345678_1112223334", True)]


def test_a_post_of_two_accounts_counts_for_each_and_once_for_all(
    data_dir: Path, tmp_path: Path
) -> None:
    header = (
        "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
        "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Comments,Saves,Follows"
    )
    row = (
        "1801234567890000{n},1784140000000000{a},konto{a},Konto {a},Tekst,,09/14/2026 03:00,"
        "https://www.instagram.com/p/C7890000{n}/,IG image,,Lifetime,100,80,10,1,2,0,0"
    )
    for account, own in ((1, 2), (2, 3)):
        lines = [row.format(n=number, a=account) for number in (1, own)]
        table(tmp_path / f"Sep-01-2026_Sep-30-2026_{account}.csv", header, *lines)
    load([tmp_path])
    found = rows(
        data_dir,
        "SELECT count(*), sum(reactions) FROM posts GROUP BY account_id ORDER BY account_id",
    )
    assert found == [(2, 20), (2, 20)]
    municipality = "SELECT count(*), sum(reactions)::INT FROM posts WHERE NOT is_shared_copy"
    assert rows(data_dir, municipality) == [(3, 30)]


def test_a_chain_of_any_depth_is_one_thread_also_over_two_exports(
    data_dir: Path, tmp_path: Path
) -> None:
    lines = [
        line(ANSWERED if number % 2 == 0 else ASKED, "huset", 1, number, number - 1 or "", number)
        for number in range(1, 61)
    ]
    # The second file knows the first comment of its part only as somebody's parent.
    for name, part in (("a.csv", lines[:31]), ("b.csv", lines[31:])):
        load([table(tmp_path / name, COMMENTS, *part)])
    found = rows(
        data_dir, "SELECT count(DISTINCT thread_id), count(*), count(answered_at) FROM items"
    )
    assert found == [(1, 30, 30)]


def test_a_bot_answers_nothing_and_its_rows_are_passed_over(data_dir: Path, tmp_path: Path) -> None:
    header = (
        "id,content,inbox_id,conversation_id,message_type,created_at,private,sender_type,sender_id,"
        "channel,inbox,conversation_type"
    )
    told = "{},{},1,501,{},{},false,{},7,Channel::FacebookPage,fjordvik,comment"
    table(
        tmp_path / "m.csv",
        header,
        told.format(9001, "Når åpner svømmehallen?", 0, 1772434800, "Contact"),
        told.format(9002, "Takk for meldingen!", 1, 1772434803, "AgentBot"),
        told.format(9003, "Hallen åpner kl. 10.", 1, 1772524800, "User"),
    )
    load([tmp_path], account="facebook:fjordvik")
    assert rows(data_dir, "SELECT working_seconds FROM items") == [(30_600,)]  # 8.5 hours
    assert rows(data_dir, "SELECT text FROM replies") == [("Hallen åpner kl. 10.",)]


IDS = ("comment_id", "post_id", "parent_id", "thread_id")


def as_imported_before(data: Path) -> None:
    """The lake as the version before wrote it: a table's number with its post alone in front."""
    folders = [folder for folder in (data / "lake").iterdir() if folder.is_dir()]
    with duckdb.connect() as con:
        for folder in folders:
            for path in folder.glob("*.parquet"):
                names = [row[0] for row in con.execute(f"DESCRIBE FROM '{path}'").fetchall()]
                ids = [
                    one
                    for one in names
                    if one in ("comment_id", "post_id", "parent_id", "thread_id")
                ]
                if ids:
                    cells = ", ".join(f"replace({one}, ':huset.', ':') AS {one}" for one in ids)
                    old = f"SELECT * REPLACE ({cells}) FROM '{path}'"
                    con.execute(f"COPY ({old}) TO '{path}.new' (FORMAT parquet)")
                    Path(f"{path}.new").replace(path)
            facts = json.loads((folder / "import.json").read_text(encoding="utf-8"))
            (folder / "import.json").write_text(json.dumps(facts | {"lake_version": 1}))


@pytest.fixture
def upgraded(data_dir: Path, tmp_path: Path) -> Path:
    """A folder of the version before, with words of people about its items, built by this one."""
    lines = [line(ASKED, "huset", post, 1) for post in (1, 2, 3)]
    load([table(tmp_path / "old.csv", COMMENTS, *lines)])
    as_imported_before(data_dir)
    store = open_store(data_dir)
    store.record(
        "kommunikasjon",
        New("answered_elsewhere", "item", "snapchat:1.1", reason="På telefon"),
        New("archive_candidate", "item", "snapchat:2.1"),
        New("tone", "item", "snapchat:3.1", {"tone": "negative"}),
        New("tone", "item", "snapchat:3.1", {"tone": "positive"}),
    )
    with duckdb.connect() as con:  # erased by the version before: the key of the old id alone
        con.execute(Path("etl/pseudonymization/keys.sql").read_text(encoding="utf-8"))
        con.execute(f"SET VARIABLE secret = '{secret(data_dir)}'")
        (key,) = con.execute("SELECT keyed('erased', 'snapchat:4.1')").fetchone() or ("",)
    (data_dir / "lake" / lake.ERASED).write_text(f"{key}\n")
    rebuild(data=data_dir)
    return data_dir


def test_words_under_an_old_id_hold_after_an_upgrade(upgraded: Path, tmp_path: Path) -> None:
    newer = [line(ASKED, "huset", post, 1, minute=0) for post in (1, 2, 3, 4)]
    load([table(tmp_path / "new.csv", COMMENTS + ";Skjult", *(f"{one};nei" for one in newer))])
    found = rows(
        upgraded,
        "SELECT item_id, answered_how, is_archive_candidate, tone_confirmed, tone FROM items "
        "WHERE item_id NOT LIKE '%erased%' ORDER BY ALL",
    )
    assert found[0][:3] == ("snapchat:huset.1.1", "registered", False)
    assert found[1][:3] == ("snapchat:huset.2.1", None, True)
    assert found[2][3:] == (True, "positive")
    assert retention.waiting_for_archive(upgraded) == ("snapchat:huset.2.1",)
    # What was erased came with the new file, and is a count again.
    assert len(found) == 3
    assert "Når stenger dere 4?" not in everything(upgraded)


def test_an_erasure_holds_in_every_form_and_takes_no_other_accounts_item(
    upgraded: Path, tmp_path: Path
) -> None:
    load([table(tmp_path / "b.csv", COMMENTS, line(ASKED, "biblioteket", 1, 1))])
    erasing.erase(upgraded, "snapchat:1.1", progress=lambda *_: None)
    again = [line(ASKED, "@Huset", 1, 1), line(ASKED, "biblioteket", 1, 1)]
    load([table(tmp_path / "again.csv", COMMENTS + ";Skjult", *(f"{one};nei" for one in again))])
    rebuild(data=upgraded)
    texts = rows(upgraded, "SELECT account_id, text FROM items WHERE text LIKE '% 1?'")
    assert texts == [("snapchat:biblioteket", "Når stenger dere 1?")]
    kept = rows(upgraded, "SELECT count(*) FROM items WHERE answered_how = 'registered'")
    assert kept == [(1,)]
    assert "På telefon" not in everything(upgraded)


def test_a_newer_decision_under_the_new_id_replaces_one_under_the_old(upgraded: Path) -> None:
    new = New("tone", "item", "snapchat:huset.3.1", {"tone": "neutral"})
    open_store(upgraded).record("kommunikasjon", new)
    rebuild(data=upgraded)
    assert rows(upgraded, "SELECT tone FROM items WHERE item_id LIKE '%.3.1'") == [("neutral",)]


def exported(path: Path, second: int) -> Path:
    os.utime(path, (1_780_000_000 + second, 1_780_000_000 + second))
    return path


def test_a_first_comment_that_a_newer_fetch_of_the_post_lacks_is_gone(
    data_dir: Path, tmp_path: Path
) -> None:
    """M10, R16: with what stood under it, and its words."""
    gone = [Message(0, 0, text="Sentinel sa dette"), Message(1, 5, 0, text="Sentinel sa mer")]
    stays = [Message(2, 1, text="Når åpner badet?")]
    for number, threads in enumerate(([stays, gone], [stays])):
        content = graph_json(threads)
        content["data"][0]["comments"]["summary"] = {"total_count": len(threads)}
        load([exported(write(tmp_path, content, f"{number}.json"), number)])
    found = rows(data_dir, "SELECT item_id, is_vanished, text IS NULL FROM items ORDER BY ALL")
    assert found == [
        (comment_id(0, 0), False, False),
        (comment_id(1, 0), True, True),
        (comment_id(1, 1), True, True),
    ]
    retention.prune(data_dir, is_dry=False, progress=lambda *_: None)
    assert "Sentinel" not in everything(data_dir)


def test_of_two_fetches_of_one_moment_nothing_vanishes(data_dir: Path, tmp_path: Path) -> None:
    for number, threads in enumerate(([[Message(0, 0)], [Message(1, 1)]], [[Message(0, 0)]])):
        load([exported(write(tmp_path, graph_json(threads), f"{number}.json"), 0)])
    assert rows(data_dir, "SELECT count(*) FILTER (is_vanished) FROM items") == [(0,)]


def test_a_person_joins_a_reply_to_a_comment_by_hand(data_dir: Path, tmp_path: Path) -> None:
    """M3: a later reply of the same account; anything else changes nothing."""
    threads = [[Message(0, 10)], [Message(None, 40)], [Message(None, 5)]]
    load([write(tmp_path, graph_json(threads))])
    asked, later, earlier = comment_id(0, 0), comment_id(1, 0), comment_id(2, 0)

    def joined(*replies: str) -> list[tuple[object, ...]]:
        for each in replies:
            new = New("joined", "item", asked, {"reply_id": each})
            open_store(data_dir).record("kommunikasjon", new)
        rebuild(data=data_dir)
        return rows(data_dir, "SELECT answered_how, elapsed_seconds FROM items")

    assert joined(earlier, "facebook:999_1") == [(None, None)]
    assert joined(later) == [("joined", 1800)]
    made = open_store(data_dir).standing({asked})[-1].decision_id
    open_store(data_dir).undo("kommunikasjon", made)
    assert joined() == [(None, None)]


def test_a_town_is_answered_as_plain_python_says(data_dir: Path, tmp_path: Path) -> None:
    """M3 in all its ways at once: tags, chains, clocks that run wrong, and joins by hand."""
    from tests.support.graph_threads import answered_under

    dice = random.Random(20)
    posts = {9_000_000 + number: [_thread(dice) for _ in range(6)] for number in range(1_250)}
    content = {
        "data": [
            one for post, threads in posts.items() for one in graph_json(threads, post=post)["data"]
        ]
    }
    expected: dict[str, tuple[datetime | None, str | None]] = {}
    new = []
    for post, threads in posts.items():
        replies = {
            comment_id(number, place, post): message.sent
            for number, each in enumerate(threads)
            for place, message in enumerate(each)
            if message.writer is None
        }
        for (number, place), moment in answered_under(threads).items():
            found: tuple[datetime | None, str | None] = (moment, "reply" if moment else None)
            item = comment_id(number, place, post)
            if replies and dice.random() < 0.05:
                reply = dice.choice(sorted(replies))
                new.append(New("joined", "item", item, {"reply_id": reply}))
                sent, received = replies[reply], threads[number][place].sent
                if sent > received and (moment is None or sent < moment):
                    found = (sent, "joined")
            expected[item] = found
    open_store(data_dir).record("kommunikasjon", *new)
    load([write(tmp_path, content)])
    built = rows(data_dir, "SELECT item_id, answered_at, answered_how FROM items")
    assert len(expected) > 20_000
    assert {item: (moment, how) for item, moment, how in built} == expected


def _thread(dice: random.Random) -> list[Message]:
    return [
        Message(
            dice.choice([0, 1, 2, 3, None]),
            dice.choice([dice.randrange(90), dice.randrange(3000)]),
            dice.randrange(place) if place else None,
            tuple(sorted(dice.sample(range(4), dice.choice([0, 0, 1, 2])))),
        )
        for place in range(dice.randrange(1, 7))
    ]


def test_a_file_dated_in_the_future_counts_as_now(data_dir: Path, tmp_path: Path) -> None:
    path = write(tmp_path, graph_json([[Message(0, 0)]]))
    ahead = datetime.now(UTC).timestamp() + timedelta(days=400).total_seconds()
    os.utime(path, (ahead, ahead))
    (file,) = load([path]).files
    assert any("frem i tid" in warning for warning in file.warnings)
    assert rows(data_dir, "SELECT max(as_of) <= now() FROM accounts") == [(True,)]


def test_an_address_decides_the_platform_of_a_row(data_dir: Path, tmp_path: Path) -> None:
    row = line(ASKED, "https://www.tiktok.com/@Huset", 1, 1)
    load([table(tmp_path / "k.csv", COMMENTS, row)])
    assert rows(data_dir, "SELECT platform, account_id FROM items") == [("tiktok", "tiktok:huset")]


def test_times_without_a_zone_are_asked_about_and_norwegian_by_default(
    data_dir: Path, tmp_path: Path
) -> None:
    header = (
        "Message ID,Conversation ID,Medium,Channel,Channel Display Name,Contact Profile ID,"
        "Contact Primary Identifier,Sent at,Message,Direction,Message Type,Agent Name"
    )
    row = "h{n},c{c},Facebook,fjordvik,Fjordvik,u1,Ola,{at},{text},{way},Public comment,"
    path = table(
        tmp_path / "m.csv",
        header,
        row.format(n=1, c=1, at="2026-03-02 14:50:00", text="Når åpner dere?", way="Inbound"),
        row.format(n=2, c=1, at="2026-03-02 15:20:00", text="Kl. 10.", way="Outbound"),
        row.format(n=3, c=2, at="2026-10-31 23:30:00", text="Når er det valg?", way="Inbound"),
        row.format(n=4, c=3, at="02/03/2026 02:50 PM", text="Når er det fest?", way="Inbound"),
    )
    (looked,) = check([path]).files
    assert looked.question == "time_zone"
    (loaded,) = load([path]).files
    assert any("tidssone" in warning for warning in loaded.warnings)
    found = rows(data_dir, "SELECT month::VARCHAR, working_seconds FROM items ORDER BY received_at")
    assert found == [("2026-03-01", 1800), ("2026-10-01", None)]
    ((reason,),) = rows(data_dir, "SELECT reason FROM rejected_rows")
    assert "00/00/0000 00:00 PM" in str(reason)


def test_an_answer_about_the_zone_holds(data_dir: Path, tmp_path: Path) -> None:
    header = "id,conversation_id,message_type,created_at,private,content,conversation_type"
    path = table(tmp_path / "m.csv", header, "1,1,0,2026-03-02 12:00:00,false,Når?,comment")
    load([path], answers={"": ImportOverrides(account="facebook:fjordvik", time_zone="UTC")})
    assert rows(data_dir, "SELECT hour(received_at) FROM items") == [(12,)]


def test_members_of_a_zip_keep_their_own_dates(data_dir: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "alt.zip", "w") as archive:
        for day, threads in ((1, [[Message(0, 0)]]), (2, [[Message(1, 1)]])):
            member = zipfile.ZipInfo(f"{day}.json", (2026, 5, day, 12, 0, 0))
            archive.writestr(member, json.dumps(graph_json(threads)))
    report = load([tmp_path / "alt.zip"])
    dates = sorted(str(file.exported_at)[:10] for file in report.files)
    assert dates == ["2026-05-01", "2026-05-02"]
