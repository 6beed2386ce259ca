"""What opens files, as formflow.toml sets its limits. Free of Django: `read` and `check` begin here."""

from __future__ import annotations

from pathlib import Path

from formflow.reading.legacy import ConversionLimits
from formflow.reading.opener import Opener
from formflow.reading.sandbox import SandboxLimits
from formflow.settings import ReadingSettings


def limits_of(settings: ReadingSettings) -> SandboxLimits:
    """What one file may take."""
    return SandboxLimits(settings.memory_mb, settings.cpu_s, settings.wall_s, settings.max_file_mb)


def opener_of(settings: ReadingSettings, folder: Path | None = None) -> Opener:
    """A context manager; `folder` is where conversions lie while they last."""
    limits = limits_of(settings)
    conversion = ConversionLimits(
        memory_mb=settings.convert_memory_mb, cpu_s=settings.cpu_s, wall_s=settings.convert_wall_s
    )
    # Up to four threads read a scan; the time that counts is the clock's.
    scans = SandboxLimits(settings.scan_memory_mb, 4 * settings.wall_s, settings.wall_s, settings.max_file_mb)
    return Opener(limits, conversion, scans=scans, folder=folder)
