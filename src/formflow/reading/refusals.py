"""What is said about a file that cannot be read: one place for the wording a clerk sees.

Each sentence says what the file is, and then what to do about it.
"""

from __future__ import annotations

from formflow.errors import UnreadableError

_SAVE_AS_DOCX = "请用 Word 或 WPS 打开它，另存为 .docx 格式后重新放入。"
_SEND_AGAIN = "请用 Word 或 WPS 打开原文件确认能正常显示，另存为 .docx 后重新放入；打不开的，请申请单位重新报送。"
_SEND_FORM = "请放入申请表的 Word 文件（.docx）、PDF 或扫描件。"
_NO_LIBREOFFICE = "本机没有安装 LibreOffice，不能自动识读它。"
_TOO_DEEP = "在这里不能再拆开识读。"
_UNPACK = "请先解压，把里面的文件逐个放入。"

# kind (sniff) → code, what it is, what to do
_KINDS: dict[str, tuple[str, str, str]] = {
    "empty": ("empty", "文件是空的，里面没有任何内容。", "可能是复制或下载没有完成，请重新取得文件后放入。"),
    "encrypted_ooxml": (
        "encrypted",
        "文件设有打开密码，无法读取。",
        "请用 Word 或 WPS 打开，取消密码（文件—信息—保护文档）后另存为 .docx，重新放入。",
    ),
    "doc": ("unsupported", f"这是 Word 97 以前的文件（.doc），或者格式不合规范，{_NO_LIBREOFFICE}", _SAVE_AS_DOCX),
    "wps": ("unsupported", f"这是早期的 WPS 文字文件（.wps），或者格式不合规范，{_NO_LIBREOFFICE}", _SAVE_AS_DOCX),
    "rtf": ("unsupported", f"这是 RTF 文件，{_NO_LIBREOFFICE}", _SAVE_AS_DOCX),
    "odt": ("unsupported", f"这是 OpenDocument 文件（.odt），{_NO_LIBREOFFICE}", _SAVE_AS_DOCX),
    "zip": ("unsupported", f"这是压缩包（.zip），{_TOO_DEEP}", _UNPACK),
    "rar": ("unsupported", f"这是压缩包（.rar），{_TOO_DEEP}", _UNPACK),
    "7z": ("unsupported", f"这是压缩包（.7z），{_TOO_DEEP}", _UNPACK),
    "packed": (
        "unsupported",
        "这是 .tar、.gz 一类的压缩包，不能直接打开它。",
        "请先解压，改用 .zip 格式重新压缩后放入，或者把里面的文件逐个放入。",
    ),
    "eml": ("unsupported", f"这是电子邮件（.eml），{_TOO_DEEP}", "请打开邮件，把附件另存出来后逐个放入。"),
    "msg": (
        "unsupported",
        "这是 Outlook 邮件（.msg），暂不能读取它。",
        "请在 Outlook 中打开它，把附件另存出来后逐个放入，或者把邮件另存为 .eml 格式后放入。",
    ),
    "pptx": (
        "not_word",
        "这是演示文稿（.pptx），不是申请表能用的格式。",
        f"如果放错了文件，{_SEND_FORM}",
    ),
    "text": ("not_word", "这是纯文本文件，里面没有成篇的中文，不是能办理的材料。", _SEND_FORM),
    "xml": ("not_word", "这是 XML 文件，不是 .docx 格式的 Word 文件。", _SAVE_AS_DOCX),
    "ole": (
        "not_word",
        "这不是 Word 文件，认不出它是什么格式；如果文件名以 .wps 结尾，可能是早期版本的 WPS 文件。",
        "请用新版 WPS 打开它，另存为 .docx 格式后重新放入；打不开的，请确认文件来源。",
    ),
    "unknown": (
        "not_word",
        "这不是 Word 文件，认不出它是什么格式。",
        f"文件也可能已经损坏。请确认文件来源；{_SEND_FORM}",
    ),
    "owner": (
        "locked",
        "这是 Word 打开文件时自动留下的临时文件（名称以 ~$ 开头），不是申请表本身。",
        f"请关闭正在编辑的文件；这个临时文件可以删除。{_SEND_FORM}",
    ),
}
# code → what happened, what to do; for what shows only while reading.
_TROUBLES: dict[str, tuple[str, str]] = {
    "empty": ("文件是空的，里面没有任何内容。", "可能是复制或下载没有完成，请重新取得文件后放入。"),
    "truncated": ("文件不完整，后面的部分缺失。", "可能是复制、下载或上传没有完成，请重新取得完整的文件后放入。"),
    "damaged": ("文件已损坏，无法读取。", _SEND_AGAIN),
    "encrypted": ("文件内容已加密，无法读取。", "请取消密码后另存为 .docx，重新放入。"),
    "hostile": ("文件的内部结构异常，为安全起见没有读取。", _SEND_AGAIN),
    "too_large": ("文件过大，超出可以自动识读的范围。", "请删去与申请表无关的附图、附表后另存为 .docx，重新放入。"),
    "time_out": ("读取这份文件用时过长，已停止。", _SEND_AGAIN),
    "out_of_memory": ("读取这份文件占用的内存过多，已停止。", _SEND_AGAIN),
    "crashed": ("读取这份文件时程序意外中断，文件未受影响。", _SEND_AGAIN),
    "locked": (
        "文件暂时打不开，可能还在别的程序中打开，或者没有读取权限，或者已被移走。",
        "请关闭正在使用它的程序后再试。",
    ),
}
# what is wrong with an archive or mail as a whole → code, what happened, what to do
_ARCHIVES: dict[str, tuple[str, str, str]] = {
    "empty": ("empty", "压缩包里没有文件。", "请核对压缩包，把要报送的文件重新压缩后放入。"),
    "no_attachment": (
        "empty",
        "这封邮件没有附件。",
        "申请材料要作为附件报送；如果附件在别处（网盘链接、超大附件），请下载后放入。",
    ),
    "encrypted": (
        "encrypted",
        "压缩包设有密码，无法打开。",
        "请用密码解压，把里面的文件放入，或者重新压缩成不设密码的压缩包。",
    ),
    "hostile": (
        "hostile",
        "压缩包的内部结构异常，为安全起见整个没有打开。",
        "请联系报送人核对来源；文件确实可靠的，请重新压缩（不要套多层、不要含快捷方式）后放入。",
    ),
    "too_large": (
        "too_large",
        "压缩包解开后过大，超出可以自动识读的范围。",
        "请分成几个较小的压缩包，或者解压后逐个放入。",
    ),
    "truncated": (
        "truncated",
        "压缩包不完整，后面的部分缺失。",
        "可能是复制、下载或上传没有完成，或是分卷压缩包缺少其余各卷；请重新取得完整的文件后放入。",
    ),
    "damaged": ("damaged", "压缩包已损坏，无法打开。", "请重新取得或重新压缩后放入。"),
    "no_program": (
        "unsupported",
        "这是 .rar 压缩包，本机没有能打开它的程序（unrar、7z 或 bsdtar）。",
        "请解压后把里面的文件放入，或者改用 .zip 格式压缩；也可请管理员安装其中一个程序。",
    ),
}
_SPLIT = "请把它拆分成几份，每份不超过 10 页，只留申请表和必需的材料，重新放入；也可请申请单位报送 Word 文件（.docx）。"
# trouble → code, what happened, what to do; for scans and photos, and PDF files made of them.
_SCANS: dict[str, tuple[str, str, str]] = {
    "no_ocr": (
        "unsupported",
        "这是扫描件或照片，要靠文字识别组件读取，本机没有安装。",
        "请管理员在安装 formflow 的环境中运行：pip install 'formflow[ocr]'（约 500 MB，安装后不需要联网）；急用时可请申请单位报送 Word 文件（.docx）。",
    ),
    "undecodable": ("damaged", "图像已损坏，无法解码。", "请重新扫描或拍照后放入。"),
    "too_small": ("damaged", "图像太小，看不清文字。", "请用 200 dpi 以上的分辨率重新扫描，或者靠近、拍清楚后放入。"),
    "too_many_pages": ("too_large", "扫描件页数过多，超出一次可以识读的范围。", _SPLIT),
    "too_large": ("too_large", "图像过大，超出可以识读的范围。", "请用 200—300 dpi 的分辨率重新扫描后放入。"),
    "time_out": ("time_out", "识读这份扫描件用时过长，已停止。", _SPLIT),
    "out_of_memory": ("out_of_memory", "识读这份扫描件占用的内存过多，已停止。", _SPLIT),
    "crashed": ("crashed", "识读这份扫描件时程序意外中断，文件未受影响。", _SPLIT),
}
# code → what happened, what to do; for old and foreign files on their way to .docx.
_CONVERSIONS: dict[str, tuple[str, str]] = {
    "damaged": ("文件已损坏，或者是过于陈旧的格式，不能转换成 .docx。", _SEND_AGAIN),
    "time_out": ("把这份文件转换成 .docx 用时过长，已停止；早期版本的 WPS 文件常有这种情况。", _SAVE_AS_DOCX),
}


def refuse_kind(kind: str, *, is_protected: bool = False) -> UnreadableError:
    """The refusal of a file of that kind (`sniff`), which has no reader."""
    code, message, remedy = _KINDS["encrypted_ooxml" if is_protected else kind]
    return UnreadableError(code, message, remedy)


def refuse_conversion(code: str) -> UnreadableError:
    """The refusal of an old or foreign file that LibreOffice could not turn into .docx."""
    message, remedy = _CONVERSIONS[code]
    return UnreadableError(code, message, remedy)


def refuse_archive(trouble: str, detail: str = "") -> UnreadableError:
    """The refusal of an archive or mail as a whole; `detail` (Chinese, without full stop) says more exactly what was seen."""
    code, message, remedy = _ARCHIVES[trouble]
    return UnreadableError(code, f"{message.rstrip('。')}（{detail}）。" if detail else message, remedy)


def refuse_scan(trouble: str, detail: str = "") -> UnreadableError:
    """The refusal of a scan, a photo or a PDF of scanned pages; `detail` (Chinese, without full stop) says more exactly what was seen."""
    code, message, remedy = _SCANS[trouble]
    return UnreadableError(code, f"{message.rstrip('。')}（{detail}）。" if detail else message, remedy)


def refuse(code: str, detail: str = "") -> UnreadableError:
    """The refusal for a trouble met while reading; `detail` (Chinese, without full stop) says more exactly what was seen."""
    message, remedy = _TROUBLES[code]
    return UnreadableError(code, f"{message.rstrip('。')}（{detail}）。" if detail else message, remedy)
