"""Every kind of rule, in an explicit list. A kind's module is loaded when a programme uses it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from grantcalc.rules.rule import Kind

KINDS: Final[Mapping[str, str]] = {
    "across-drafts": "across_drafts.KIND",
    "allocation": "allocation.KIND",
    "allocation-total": "allocation_total.KIND",
    "applicant-kind": "applicant_kind.KIND",
    "application-window": "application_window.KIND",
    "arithmetic": "arithmetic.KIND",
    "attendance-fee": "attendance_fee.KIND",
    "basic-wage": "basic_wage.KIND",
    "caseload": "caseload.KIND",
    "caseload-per-worker": "caseload_per_worker.KIND",
    "category-list": "category_list.KIND",
    "current-only": "current_only.KIND",
    "duplicate-line": "duplicate_line.KIND",
    "duplicate-person": "duplicate_person.KIND",
    "earnings": "earnings.KIND",
    "education-floor": "education_floor.KIND",
    "employer-insurance": "employer_insurance.KIND",
    "exclusive-items": "exclusive_items.KIND",
    "fewest-times": "fewest_times.KIND",
    "first-step": "first_step.KIND",
    "funding-balance": "funding_balance.KIND",
    "half-rate": "half_rate.KIND",
    "kept-pay": "kept_pay.KIND",
    "lecture-fee": "lecture_fee.KIND",
    "licence-share": "licence_share.KIND",
    "line-calculation": "line_calculation.KIND",
    "lodging-cap": "travel.LODGING",
    "manuscript-fee": "manuscript_fee.KIND",
    "normalised": "as_read.NORMALISED",
    "office-rent": "office_rent.KIND",
    "other-named": "other_named.KIND",
    "own-ratio": "own_ratio.KIND",
    "own-share": "own_share.KIND",
    "pay-point": "pay_point.KIND",
    "period": "period.KIND",
    "person": "person.KIND",
    "point-pay": "point_pay.KIND",
    "post-roles": "post_roles.KIND",
    "posts-project-manager": "posts_project_manager.KIND",
    "posts-senior": "posts_senior.KIND",
    "posts-total": "posts_total.KIND",
    "price-cap": "price_cap.KIND",
    "quantity-limit": "quantity_limit.KIND",
    "readable": "as_read.READABLE",
    "refused-words": "refused_words.KIND",
    "regional-allowance-amount": "regional_allowance.AMOUNT",
    "regional-allowance-months": "regional_allowance.MONTHS_SERVED",
    "regional-allowance-place": "regional_allowance.PLACE",
    "retroactive-start": "retroactive_start.KIND",
    "risk-allowance": "risk_allowance.KIND",
    "second-pay": "second_pay.KIND",
    "share-cap": "share_cap.KIND",
    "social-worker-pay": "social_worker_pay.KIND",
    "step-range": "step_range.KIND",
    "supervisor-ratio": "supervisor_ratio.KIND",
    "supervisor-span": "supervisor_span.KIND",
    "supplied-pay": "supplied_pay.KIND",
    "total": "total.KIND",
    "travel-misc": "travel.MISCELLANEOUS",
    "uniform-price": "uniform_price.KIND",
    "unit": "unit.KIND",
    "unknown-item": "unknown_item.KIND",
    "unread-cell": "as_read.UNREAD_CELL",
    "visit-transport": "visit_transport.KIND",
    "whole-dollars": "whole_dollars.KIND",
}
"""Name in rules.toml → module of ``grantcalc.rules.kinds`` and the kind's name in it."""


def kind_of(name: str) -> Kind:
    """The kind of that name, one of :data:`KINDS`."""
    module, _, attribute = KINDS[name].partition(".")
    found: Kind = getattr(import_module(f"grantcalc.rules.kinds.{module}"), attribute)
    return found
