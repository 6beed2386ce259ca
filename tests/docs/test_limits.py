"""The manual's table of limits is what the code is bounded by."""

from __future__ import annotations

import re

from formflow.reading.legacy import ConversionLimits
from formflow.reading.limits import Limits
from formflow.reading.opener import SCAN_LIMITS
from formflow.reading.sandbox import SandboxLimits
from formflow.reading.scan.images import MOST_PAGES
from formflow.settings import ReadingSettings
from support.repository import ROOT

MB = 2**20


def told() -> dict[str, tuple[str, str]]:
    """What the manual says: limit → (bound, settings)."""
    text = (ROOT / "docs" / "运维手册.md").read_text(encoding="utf-8")
    table = text.partition("| 限制 | 上限 | 设置 |\n")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]
    return {limit: (bound, setting) for limit, bound, setting in rows}


def test_every_bound_is_the_one_in_force() -> None:
    limits, conversion = Limits(), ConversionLimits()
    reading = ReadingSettings()
    expected = {
        "一份文件": f"{reading.max_file_mb} MB",
        "识读一份的内存": f"{reading.memory_mb} MB",
        "识读一份的处理器时间": f"{reading.cpu_s} 秒",
        "识读一份的总时间": f"{reading.wall_s} 秒",
        "识别扫描件、照片的内存": f"{reading.scan_memory_mb} MB",
        "LibreOffice 转换的内存、总时间": f"{reading.convert_memory_mb} MB、{reading.convert_wall_s} 秒",
        "LibreOffice 转换的处理器时间、结果": f"{conversion.cpu_s} 秒、{conversion.max_output_mb} MB",
        "识别扫描件、照片的处理器时间": f"{SCAN_LIMITS.cpu_s} 秒",
        "压缩包、邮件里的文件": f"{limits.max_members} 个",
        "压缩包、邮件解开后的总大小": f"{limits.max_unpacked // MB} MB",
        "压缩包里再套压缩包": f"{limits.max_nesting} 层",
        "Word、Excel、OFD 内部的部件": f"{limits.max_entries} 个",
        "其中一个 XML 部件": f"{limits.max_part // MB} MB",
        "内部解开后的总大小": f"{limits.max_total // MB} MB",
        f"压缩比（{limits.ratio_from // MB} MB 以上的部件）": f"{limits.max_ratio} 倍",
        "段落和单元格": f"{limits.max_blocks} 个",
        "文字": f"{limits.max_text // 10_000} 万字",
        "表格和内容控件的嵌套": f"{limits.max_depth} 层",
        "逐张查看有没有印章的图片（再多的不看）": f"{limits.max_pictures} 张",
        "一张图片": f"{limits.max_pixels // 10_000} 万像素",
        "扫描件的页数": f"{MOST_PAGES} 页",
    }
    assert {limit: bound for limit, (bound, _) in told().items()} == expected


def test_settings_named_beside_a_bound_are_settings_and_all_of_them() -> None:
    named = [name for _, setting in told().values() for name in re.findall(r"`(\w+)`", setting)]
    assert sorted(named) == sorted(ReadingSettings.__dataclass_fields__)


def test_the_library_s_own_defaults_are_those_of_the_settings() -> None:
    """Who uses a reader without settings is bounded alike."""
    reading, sandbox, conversion = ReadingSettings(), SandboxLimits(), ConversionLimits()
    assert (sandbox.memory_mb, sandbox.cpu_s, sandbox.wall_s) == (reading.memory_mb, reading.cpu_s, reading.wall_s)
    assert sandbox.max_file_mb == reading.max_file_mb == Limits().max_file // MB
    assert (conversion.memory_mb, conversion.wall_s) == (reading.convert_memory_mb, reading.convert_wall_s)
    assert SCAN_LIMITS.memory_mb == reading.scan_memory_mb
