"""Every rule's sheet notices when the rule is changed."""

import pytest

from auditors.catalogue import catalogue
from auditors.rule import Rule
from tests.mutants import field_survivors, survivors
from tests.sheets import sheets

SHEETS = sheets()


RULES = [rule for rule in catalogue().values() if rule.code in SHEETS]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_mutant_goes_unnoticed(rule: Rule) -> None:
    """Each changed comparison of a rule makes a case of its sheet fail."""
    tried = survivors if rule.check else field_survivors
    assert list(tried(rule, SHEETS[rule.code])) == []
