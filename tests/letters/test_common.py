"""The letters every programme begins with."""

from __future__ import annotations

import pytest

from formflow.letters.common import ACCEPTANCE, SUPPLEMENT
from formflow.letters.keys import KEYS
from formflow.letters.skeleton import Skeleton, make
from formflow.letters.word import template_keys


@pytest.mark.parametrize("skeleton", [ACCEPTANCE, SUPPLEMENT])
def test_they_ask_only_for_what_every_programme_provides(skeleton: Skeleton) -> None:
    keys = template_keys(make(skeleton))
    assert {"发文机关", "申请单位", "项目名称"} <= keys
    assert keys <= KEYS["accepted"]
