"""One claim's life, until the register knows everything that follows from it.

In: a claimed file. Out: one transaction in the register, and a `Done` for each paper for the summary. Nothing is put into the outbox
here: `delivery` does that from the register, now or after a restart.
"""

from __future__ import annotations

import errno

from formflow.errors import EnvironmentFailure, FormflowError, UnreadableError, in_words_alone
from formflow.reading.contents import Bundle
from formflow.register import books
from formflow.register import models as rows
from formflow.register.entries import Arrival
from formflow.service import claims, evidence_entry, filing, notes, reception, submissions
from formflow.service.claims import Claim
from formflow.service.filing import Done
from formflow.service.inbox import Stamp
from formflow.service.logs import LOG, Ref
from formflow.service.office import Office
from formflow.service.pictures import with_pictures
from formflow.service.sorting import sort

# What the disk says of one file; the next file may be read well.
_UNREADABLE = frozenset({errno.EIO, errno.EACCES, errno.EPERM})


def handle(office: Office, claim: Claim) -> tuple[Done, ...]:
    """Works on a claimed file until the register knows what follows; nothing if it turned out to be still written to, or cannot be read for what
    the disk says: then it lies in the inbox again.

    A form brings with it what became of the attachments that had been waiting for it, an archive what became of each paper inside.

    Whatever goes wrong in between is our own fault: the file is set aside, the traceback goes to the log, the service goes on.
    Raises OSError, MemoryError, a database error or EnvironmentFailure when disk, memory or register fail: the claim stays and is worked on
    again.
    """
    from django.db import DatabaseError, DataError, InterfaceError

    before, arrival = Stamp.of(claim.path.stat()), _arrival(office, claim)
    if arrival is None:
        return ()
    try:
        return _work(office, claim, arrival, before)
    except _StillWritten:
        if not claims.give_back(office.home, claim):
            raise
        return ()
    except UnreadableError as problem:
        if _is_changed(claim, before) and claims.give_back(office.home, claim):
            return ()
        return (set_aside(office, arrival, problem.message, problem.remedy),)
    except DataError:  # PostgreSQL refuses what is longer than its column; trying again would not help
        LOG.exception("%s: %s", Ref(claim.id), claim.slip.name)
        return (set_aside(office, arrival, *notes.own_fault(claim.id)),)
    except (OSError, MemoryError, DatabaseError, InterfaceError):
        raise
    except FormflowError as problem:
        if isinstance(problem, EnvironmentFailure) and problem.code:  # the service waits until that is put right
            raise
        LOG.exception("%s: %s", Ref(claim.id), claim.slip.name)
        return (set_aside(office, arrival, problem.message, problem.remedy),)
    except Exception:
        LOG.exception("%s: %s", Ref(claim.id), claim.slip.name)
        return (set_aside(office, arrival, *notes.own_fault(claim.id)),)


def _arrival(office: Office, claim: Claim) -> Arrival | None:
    """The claim as it is entered; None if the disk does not let it be read, and it lies in the inbox again."""
    try:
        return claim.arrival()
    except OSError as error:
        if error.errno not in _UNREADABLE or not claims.give_back(office.home, claim):
            raise
        LOG.warning("%s 读不出来，放回收件箱：%s", claim.slip.name, in_words_alone(error))
        return None


class _StillWritten(OSError):
    """What was read is not what lies there now."""


def _is_changed(claim: Claim, before: Stamp) -> bool:
    return not Stamp.of(claim.path.stat()).has_content_of(before)


def _work(office: Office, claim: Claim, arrival: Arrival, before: Stamp) -> tuple[Done, ...]:
    if _is_changed(claim, before):
        raise _StillWritten(errno.EBUSY, "")
    if first := books.filed_paper(arrival.sha256):
        with books.transaction():
            return reception.receive_duplicate(office, arrival, first)
    contents = office.read(claim.path)
    if _is_changed(claim, before):
        raise _StillWritten(errno.EBUSY, "")
    if isinstance(contents, Bundle):
        return submissions.receive(office, claim, arrival, contents)
    paper = with_pictures(office, sort(office, arrival, contents), contents, claim.path)
    office.before_entry()
    with books.transaction():
        if first := books.filed_paper(arrival.sha256):  # entered by another worker while this one was reading
            return reception.receive_duplicate(office, arrival, first)
        return reception.receive(office, paper)


def set_aside(office: Office, arrival: Arrival, reason: str, remedy: str) -> Done:
    """Puts a claimed file where a person will look at it, with a note that says why and what to do."""
    with books.transaction():
        done = filing.put_aside(office, arrival, reason, remedy)
    submissions.tidy(office.home, arrival.claim_id)
    return done


def set_aside_waiting(office: Office, paper: rows.Paper) -> Done | None:
    """An attachment, or an archive of nothing else, has waited long enough for its case; evidence is filed without. None if it has found it
    at the last moment."""
    programme = office.programme(paper.programme_id)
    labels = {a.id: a.label for a in programme.attachments} if programme else {}
    inside = list(paper.members.values_list("original_name", flat=True))
    label = "、".join(inside) or labels.get(paper.attachment, paper.attachment)
    with books.transaction():
        paper.refresh_from_db()
        if paper.state != rows.Paper.State.WAITING:
            return None
        if paper.kind == rows.EVIDENCE:
            done = evidence_entry.place(office, paper)
        else:
            done = filing.put_waiting_aside(office, paper, *notes.homeless(label))
    submissions.tidy(office.home, paper.claim_id)
    return done
