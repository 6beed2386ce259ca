from __future__ import annotations

import pytest

from formflow.service import ignored


@pytest.mark.parametrize(
    "name",
    [
        "~$申请表.docx", ".~申请表.docx", ".~lock.申请表.docx#", "~WRD0001.tmp", "~WRL0002.TMP", "~wps1234.tmp", "x.temp", "x.bak", "x.docx~",
        ".x.docx.swp", "x.docx.part", "x.partial", "x.filepart", "x.docx.crdownload", "x.download", "x.opdownload", "x.!ut", "x.aria2",
        "x.docx.td", "x.xltd", "x.downloading", "x.baiduyun.p.downloading", "x.bdtmp", ".fuse_hidden0001", ".nfs0001", ".smbdeleteAAA1",
        "._申请表.docx", ".DS_Store", "Thumbs.db", "ehthumbs_vista.db", "desktop.ini", "申请表.lnk", "Icon\r", ".syncthing.x.docx.tmp",
        "~syncthing~x.tmp", ".part-12", ".gitkeep",
    ],
)  # fmt: skip
def test_what_is_no_paper(name: str) -> None:
    assert ignored.is_ignored_file(name)


@pytest.mark.parametrize(
    "name", ["申请表.docx", "申请表 终稿(1).DOCX", "partial.docx", "~申请表.docx", "x.wps", "没有后缀", "tmp.pdf"]
)
def test_what_is_a_paper(name: str) -> None:
    assert not ignored.is_ignored_file(name)


@pytest.mark.parametrize(
    "name", ["@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "__MACOSX", ".git", ".Trash-1000"]
)
def test_folders_of_systems(name: str) -> None:
    assert ignored.is_ignored_folder(name)
    assert not ignored.is_ignored_folder("通达区 材料")


@pytest.mark.parametrize("name", ["x_conflict-20220310.docx", "x.sync-conflict-2022.docx", "x (冲突副本).docx"])
def test_a_second_copy_of_a_synchroniser_is_for_a_person(name: str) -> None:
    assert ignored.is_conflict(name)
    assert not ignored.is_ignored_file(name)


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("申请表.docx", "~$申请表.docx"),
        ("赋能创优申请表.docx", "~$创优申请表.docx"),
        ("申请表二.docx", "~$请表二.docx"),
        ("申请表.docx", ".~lock.申请表.docx#"),
        ("申请表.docx", ".~申请表.docx"),
    ],
)
def test_an_open_document_is_held_by_its_lock_file(name: str, owner: str) -> None:
    assert ignored.is_held(name, {owner, "另一个"})
    assert not ignored.is_held(name, {"~$别的文件.docx"})
