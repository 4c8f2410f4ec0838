"""Many mixtures at once: tables as Arrow record batches. Needs the extra "tables"."""

from mesomix.batch.audit_summary import AuditSummary
from mesomix.batch.audit_text import audit_text
from mesomix.batch.auditing import audit
from mesomix.batch.checking import check_batches, expand
from mesomix.batch.columns import Columns, checked_schema
from mesomix.batch.files import open_table
from mesomix.batch.frames import check_frame
from mesomix.batch.queries import check_query

__all__ = [
    "AuditSummary",
    "Columns",
    "audit",
    "audit_text",
    "check_batches",
    "check_frame",
    "check_query",
    "checked_schema",
    "expand",
    "open_table",
]
