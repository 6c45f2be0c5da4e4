"""First floor: what is wrong with a draft."""

from auditors.declaration import Declaration
from auditors.engine import audit, day_of
from auditors.finding import Finding
from auditors.formats import read
from auditors.report import Report
from auditors.rule import Rule

__all__ = ["Declaration", "Finding", "Report", "Rule", "audit", "day_of", "read"]
