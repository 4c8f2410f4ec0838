"""THE RULES, in the order in which they speak."""

from typing import Final

from mesomix.rulebook import Rulebook
from mesomix.rules.condition import (
    anticoagulant,
    autoimmune_flare,
    cancer_treatment,
    coagulation_disorder,
    corticosteroid_treatment,
    infectious_disease,
    pregnancy,
    skin_disease,
    skin_infection,
)
from mesomix.rules.dose import (
    above_label_dose,
    day_less_than_mixture,
    dose_unknown,
    excipient_amount,
    label_dose_share,
)
from mesomix.rules.mixture import (
    compatibility_undocumented,
    effect_not_covered,
    empty_mixture,
    mixing_forbidden,
    name_read_in_part,
    repeated_product,
    too_many_products,
    unrecognised_product,
)
from mesomix.rules.pair import (
    repeated_class,
    repeated_substance,
    reported_harm,
)
from mesomix.rules.patient import (
    allergen_outside_mixture,
    allergies_not_asked,
    composition_unknown,
    known_allergy,
    possible_cross_allergy,
    product_contraindicated,
    unrecognised_allergy,
)
from mesomix.rules.product import (
    corticosteroid,
    label_not_reviewed,
    no_longer_marketed,
    not_in_formulary,
    not_injectable,
    route_forbidden,
    route_off_label,
    specialty_not_named,
)
from mesomix.rules.session import (
    deep_injection,
    more_sessions_than_usual,
    session_too_early,
    unusual_depth,
)

RULES: Final = Rulebook(
    [
        # What is mixed.
        corticosteroid,
        too_many_products,
        not_injectable,
        mixing_forbidden,
        route_forbidden,
        reported_harm,
        repeated_product,
        repeated_substance,
        repeated_class,
        # How much of it.
        above_label_dose,
        day_less_than_mixture,
        label_dose_share,
        dose_unknown,
        excipient_amount,
        # Who it is for.
        known_allergy,
        possible_cross_allergy,
        product_contraindicated,
        skin_infection,
        coagulation_disorder,
        autoimmune_flare,
        infectious_disease,
        skin_disease,
        cancer_treatment,
        corticosteroid_treatment,
        pregnancy,
        anticoagulant,
        # What is not known.
        empty_mixture,
        unrecognised_product,
        name_read_in_part,
        not_in_formulary,
        label_not_reviewed,
        allergies_not_asked,
        unrecognised_allergy,
        composition_unknown,
        allergen_outside_mixture,
        effect_not_covered,
        # What a reader should know.
        specialty_not_named,
        compatibility_undocumented,
        route_off_label,
        no_longer_marketed,
        # How it is injected.
        deep_injection,
        unusual_depth,
        session_too_early,
        more_sessions_than_usual,
    ]
)
"""The rules of mesomix. The default is the stricter reading of the documents."""
