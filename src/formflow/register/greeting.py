"""What every new connection to a register on PostgreSQL is asked before anything else: a cut may have changed what is behind it.

In: a connection that has just been made, in its own thread. Out: nothing; a connection that is not to be worked with is closed again.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.signals import connection_created

from formflow.errors import EnvironmentFailure
from formflow.register import locks, presence

# A letter goes out by what was committed: a commit that a power cut undoes would give its number a second time.
_DURABLE = """
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"""
# The server hears within about a minute of a machine that is gone, and lets go of its locks; by itself it would take two hours.
_PATIENCE = """
    SELECT set_config('tcp_keepalives_idle', '30', false), set_config('tcp_keepalives_interval', '10', false),
           set_config('tcp_keepalives_count', '3', false), set_config('tcp_user_timeout', '60s', false)"""


def greet_new_connections() -> None:
    """From now on."""
    connection_created.connect(_greet, dispatch_uid="formflow")


def _greet(connection: Any, **_: Any) -> None:
    """Raises EnvironmentFailure if it is another register, or somebody has it for himself meanwhile."""
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_DURABLE)
            cursor.execute(_PATIENCE)
        presence.check_entry()
        if not locks.take_kept():
            raise at_work()
    except BaseException:
        connection.close()
        raise


def at_work() -> EnvironmentFailure:
    """What is said when others work with the register, and one would have to be alone with it."""
    return EnvironmentFailure(
        "别的机器正在用这个登记库处理材料",
        "formflow serve 和 worker 运行时，把文件放进收件箱就会处理；要单独运行这个命令，请先停掉它们。",
        "register_at_work",
    )
