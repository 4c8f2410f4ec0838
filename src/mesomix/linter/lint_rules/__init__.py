"""THE LINT RULES: what can be wrong with formulary data, or unfinished."""

from typing import Final

from mesomix.linter.lint_rule import LintRule
from mesomix.linter.lint_rules import (
    codes,
    conditions,
    files,
    gaps,
    groups,
    ids,
    lexicon,
    market,
    names,
    needs,
    products,
    shapes,
    sources,
    suppressions,
)

LINT_RULES: Final[tuple[LintRule, ...]] = (
    # files
    files.UNREADABLE_FILE,
    files.NOT_UTF_8,
    files.INVALID_TOML,
    files.TOML_1_1_SYNTAX,
    files.NO_PRODUCT,
    files.VERSION_MISSING,
    # shapes
    shapes.UNKNOWN_KEY,
    shapes.MISSING_KEY,
    shapes.FACT_WITHOUT_SOURCE,
    shapes.SUPPRESSION_WITHOUT_REASON,
    shapes.WRONG_TYPE,
    shapes.UNKNOWN_WORD,
    shapes.UNKNOWN_EFFECT,
    shapes.EMPTY_VALUE,
    shapes.MALFORMED_ID,
    # ids
    ids.taken_id,
    ids.unknown_reference,
    ids.unknown_condition,
    ids.unknown_group,
    ids.unknown_substance,
    ids.unknown_allergen,
    ids.id_unlike_its_names,
    ids.look_alike_ids,
    # names
    names.name_claimed_twice,
    names.empty_name,
    names.code_claimed_twice,
    names.repeated_entry,
    names.brand_unlike_its_name,
    # names that say another substance
    lexicon.corticosteroid_in_a_name,
    lexicon.mixed_scripts,
    lexicon.substance_described_twice,
    lexicon.atc_claimed_twice,
    # codes
    codes.malformed_atc,
    codes.malformed_cis,
    codes.malformed_cip13,
    codes.malformed_bdpm_code,
    codes.malformed_unit,
    # sources and dates
    sources.malformed_date,
    sources.dated_after_its_check,
    sources.stale_fact,
    sources.checked_in_the_future,
    # products
    products.corticosteroid_with_effect,
    products.product_without_effect,
    products.effect_unlike_atc,
    products.effect_of_atc_missing,
    products.form_not_injected,
    products.routes_unlike_form,
    products.contradictory_contraindications,
    # conditions
    conditions.age_unlike_implication,
    conditions.age_without_implication,
    conditions.age_unlike_its_name,
    # groups
    groups.substance_outside_its_group,
    groups.corticosteroid_by_its_name,
    groups.group_without_member,
    # the state of the market
    market.cis_not_in_bdpm,
    market.name_unlike_bdpm,
    market.substance_unlike_bdpm,
    market.strength_unlike_bdpm,
    market.form_unlike_bdpm,
    market.routes_unlike_bdpm,
    market.withdrawn_in_bdpm,
    market.stopped_in_bdpm,
    market.market_state_unlike_bdpm,
    market.cip13_of_another_specialty,
    market.not_compared_with_bdpm,
    # what rules need
    needs.condition_of_a_rule_missing,
    needs.reference_of_a_rule_missing,
    needs.group_of_a_rule_missing,
    needs.condition_without_use,
    needs.reference_without_use,
    # gaps
    gaps.specialties_not_listed,
    gaps.excipients_not_reviewed,
    gaps.excipients_incomplete,
    gaps.contraindications_not_looked_up,
    gaps.no_recent_source,
    # suppressions and the baseline
    suppressions.UNUSED_SUPPRESSION,
    suppressions.EXPIRED_SUPPRESSION,
    suppressions.BOUNDLESS_SUPPRESSION,
    suppressions.ENDLESS_SUPPRESSION,
    suppressions.UNKNOWN_LINT_RULE,
    suppressions.SUPPRESSED_ERROR,
    suppressions.MORE_GAPS,
    suppressions.FEWER_GAPS,
)
"""In the order in which `mesomix rules --lint` names them."""
