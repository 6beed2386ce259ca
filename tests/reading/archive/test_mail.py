"""Attachments come out under the names people gave them, however a mail program wrote them down."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest

from formflow.errors import UnreadableError
from formflow.reading.archive.mail import read_mail
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.sniff import sniff
from support.archives import attached, mail, part

NAME = "白鹭镇申请表（定稿）.docx"


def names(*parts: bytes) -> list[str]:
    return [member.name for member in read_mail(mail(*parts), DEFAULT)]


def refusal(data: bytes, limits: Limits = DEFAULT) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_mail(data, limits)
    return caught.value


def word(text: str, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def test_attachments_with_their_content() -> None:
    data = mail(attached("a.docx", b"1" * 500), attached("b.pdf", b"2"))
    assert sniff(data) == "eml"
    assert [(member.name, member.data) for member in read_mail(data, DEFAULT)] == [
        ("a.docx", b"1" * 500),
        ("b.pdf", b"2"),
    ]


def test_a_name_that_is_no_base_64_stands_as_it_is() -> None:
    assert names(part('Content-Disposition: attachment; filename="=?utf-8?B?5Lit5?=.doc"', b"1")) == [
        "=?utf-8?B?5Lit5?=.doc"
    ]


def test_an_empty_name_beside_words_in_chinese_is_none() -> None:
    header = 'Content-Disposition: attachment; x="申请"; filename=""'
    assert refusal(mail(part(header, b"1"))).code == refusal(mail()).code


@pytest.mark.parametrize(
    "header",
    [
        f"Content-Disposition: attachment; filename*=UTF-8''{quote(NAME)}",
        f"Content-Disposition: attachment; filename*=GB2312''{quote(NAME.encode('gbk'))}",
        f"Content-Disposition: attachment;\r\n filename*0*=UTF-8''{quote(NAME[:5])};\r\n filename*1*={quote(NAME[5:])}",
        f'Content-Disposition: attachment; filename="{word(NAME, "gb2312")}"',
        f'Content-Disposition: attachment; filename="{word(NAME, "gbk")}"',
        f'Content-Disposition: attachment; filename="{word(NAME[:6], "utf-8")}{word(NAME[6:], "utf-8")}"',
        f'Content-Disposition: attachment;\r\n filename="{word(NAME[:6], "utf-8")}\r\n {word(NAME[6:], "utf-8")}"',
        f"Content-Disposition: attachment; filename={word(NAME, 'utf-8')}",
        f'Content-Disposition: attachment; filename="{NAME}"',
        f'Content-Disposition: attachment; filename="{NAME.encode("gbk").decode("ascii", "surrogateescape")}"',
    ],
)
def test_names_however_they_are_encoded(header: str) -> None:
    assert names(part(header, b"1")) == [NAME]


def test_a_name_that_only_the_type_gives() -> None:
    typed = part("X-Nothing: x", b"1", f'application/msword; name="{word(NAME, "gbk")}"')
    assert names(typed) == [NAME]


def test_the_text_and_its_pictures_are_no_papers() -> None:
    logo = part('Content-Disposition: inline; filename="logo.png"', b"p", "image/png", "Content-ID: <1>\r\n")
    scan = part('Content-Disposition: attachment; filename="扫描.png"', b"s", "image/png", "Content-ID: <2>\r\n")
    assert names(logo, scan, attached("a.docx", b"1")) == ["扫描.png", "a.docx"]


def test_a_forwarded_mail_is_a_mail_in_the_mail() -> None:
    inner = mail(attached("a.docx", b"1")).replace(b'"b"', b'"c"').replace(b"--b", b"--c")
    forwarded = b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + inner
    (member,) = read_mail(mail(forwarded), DEFAULT)
    assert member.name == "转发的邮件.eml"
    assert sniff(member.data) == "eml"
    assert [one.name for one in read_mail(member.data, DEFAULT)] == ["a.docx"]


def test_paths_are_no_part_of_a_name_and_names_are_told_apart() -> None:
    assert names(
        attached("..\\\\..\\\\a.docx", b"1"), attached("/tmp/a.docx", b"2"), attached("x", b"3"), attached("x", b"4")
    ) == [
        "a.docx",
        "a（2）.docx",
        "x",
        "x（2）",
    ]


def test_without_attachments_it_says_so() -> None:
    error = refusal(mail())
    assert error.code == "empty"
    assert "没有附件" in error.message


def test_too_many_attachments() -> None:
    assert refusal(mail(attached("a", b"1"), attached("b", b"2")), Limits(max_members=1)).code == "too_large"


@pytest.mark.parametrize("data", [b"From: a\r\nTo: b\r\n\r\n" + bytes(300), b"From: \xff\nTo: \xfe\n\n"])
def test_any_bytes_that_pass_for_a_mail(data: bytes) -> None:
    assert refusal(data).code == "empty"


def test_a_cut_mail_gives_what_is_left() -> None:
    assert [member.name for member in read_mail(mail(attached("a", b"1" * 90))[:-80], DEFAULT)] == ["a"]
