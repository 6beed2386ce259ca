"""What is said about a PDF that cannot be read, or not wholly: one place for the wording a clerk sees."""

from __future__ import annotations

from formflow.errors import UnreadableError

_SEND_WORD = "请申请单位报送申请表的 Word 文件（.docx），或用 Word、WPS 直接输出的 PDF。"


def refuse_password() -> UnreadableError:
    """A file that asks for a password before it shows anything."""
    return UnreadableError(
        "encrypted", "PDF 文件设有打开密码，无法读取。", "请用 PDF 阅读软件打开，取消密码后另存，重新放入。"
    )


def refuse_illegible() -> UnreadableError:
    """A file whose fonts do not say which characters their shapes stand for."""
    return UnreadableError(
        "unsupported",
        "这份 PDF 能显示，但内嵌字体缺少文字对照表，读出来的都是乱码，没有采用。",
        _SEND_WORD,
    )


def refuse_blank(pages: int) -> UnreadableError:
    """A file whose pages show neither text nor pictures: blank, text turned into outlines, or drawn by what cannot be carried out."""
    return UnreadableError(
        "damaged",
        f"这份 PDF 共 {pages} 页，没有读出任何文字和图像：可能是空白页，可能文字已转成图形，也可能页面内容损坏或过于庞大、显示不出来。",
        f"请用 PDF 阅读软件打开核对；能正常显示的，请打印后扫描，把扫描件放入；显示空白的，{_SEND_WORD}",
    )


def refuse_dynamic_form() -> UnreadableError:
    """A file that holds an XFA form, whose pages only some programs can draw."""
    return UnreadableError(
        "unsupported",
        "这份 PDF 是动态表单（XFA），页面内容要由专门软件生成，无法直接读取。",
        "请用 Adobe Reader 打开后打印为 PDF，再重新放入。",
    )


def pages_without_text(pages: tuple[int, ...]) -> str:
    """A remark; page numbers 1-based."""
    return f"第{_listed(pages)}页没有文字，可能是扫描页，本机没有安装文字识别组件，没有识读，请打开核对"


def pages_illegible(pages: tuple[int, ...]) -> str:
    return f"第{_listed(pages)}页的字体缺少文字对照表，读出来的是乱码，没有采用，请打开核对"


def pages_recognised(pages: tuple[int, ...]) -> str:
    return f"第{_listed(pages)}页的字体缺少文字对照表，改用图像识别读出"


def has_comments() -> str:
    return "文件含批注，批注不作为填写内容"


def has_cut_text() -> str:
    return "有的文字比单元格长，在纸面上看不全，已按文件里的读取，请核对"


def has_unread_layer() -> str:
    return "文件中有看不见的文字，没有作为填写内容"


def _listed(pages: tuple[int, ...]) -> str:
    return "、".join(map(str, pages))
