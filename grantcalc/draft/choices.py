"""The closed lists a draft chooses from (選項)."""

from __future__ import annotations

from enum import Enum


class Fund(Enum):
    """Who pays a row (經費來源): 補助, 自籌, 其他."""

    SUBSIDY = "subsidy"
    OWN = "own"
    OTHER = "other"


class ApplicantKind(Enum):
    """Who applies (申請單位性質)."""

    COUNTY_GOVERNMENT = "county-government"
    PRIVATE_BODY = "private-body"
    PROFESSIONAL_BODY = "professional-body"
    NATIONAL_BODY = "national-body"


class Role(Enum):
    """What a post does (職稱)."""

    CASE_MANAGER = "case-manager"
    SENIOR_CASE_MANAGER = "senior-case-manager"
    SUPERVISOR = "supervisor"
    PROJECT_MANAGER = "project-manager"
    SOCIAL_WORKER = "social-worker"
    SOCIAL_WORK_SUPERVISOR = "social-work-supervisor"
    FULL_TIME = "full-time"
    PROJECT_STAFF = "project-staff"
    PRINCIPAL_INVESTIGATOR = "principal-investigator"
    CO_INVESTIGATOR = "co-investigator"
    FULL_TIME_ASSISTANT = "full-time-assistant"
    PART_TIME_ASSISTANT = "part-time-assistant"


class Education(Enum):
    """Highest degree (最高學歷), lowest first."""

    SENIOR_HIGH = "senior-high"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"

    @property
    def rank(self) -> int:
        """Place in the order of degrees, 0 lowest."""
        return list(Education).index(self)


class RiskAllowance(Enum):
    """Which case of the risk allowance (風險加給) a post claims (FSP-113 附表1 註4, 5)."""

    NONE = "none"
    ASSESSED = "assessed"
    PROJECT_1995 = "project-1995"
    KEPT_FROM_112 = "kept-from-112"


class Licence(Enum):
    """Professional licences (執照、證書) that pay or qualification rules name."""

    SOCIAL_WORKER = "social-worker"
    SPECIALIST_SOCIAL_WORKER = "specialist-social-worker"
    PSYCHOLOGIST = "psychologist"
    PSYCHIATRIC_NURSE = "psychiatric-nurse"
    MENTAL_HEALTH_NURSE = "mental-health-nurse"


class Lecturer(Enum):
    """Who lectures (講座身分)."""

    EXTERNAL = "external"
    SUBORDINATE = "subordinate"
    INTERNAL = "internal"
    ASSISTANT = "assistant"
    FOREIGN = "foreign"


class TravelPart(Enum):
    """Which part of a journey a travel row pays (差旅費項目): 交通費, 住宿費, 雜費."""

    TRANSPORT = "transport"
    LODGING = "lodging"
    MISCELLANEOUS = "misc"


class Manuscript(Enum):
    """What kind of manuscript a fee pays (稿費種類)."""

    CHINESE_GENERAL = "zh-general"
    CHINESE_SPECIAL = "zh-special"
    FOREIGN_GENERAL = "foreign-general"


class Form(Enum):
    """What a draft's file is inside, whatever its name says."""

    WORKBOOK = "workbook"
    """.xlsx or .xlsm"""
    OPEN_DOCUMENT = "ods"
    OLD_WORKBOOK = "xls"
    BINARY_WORKBOOK = "xlsb"
    TEXT_TABLE = "csv"
    JSON = "json"
    TOML = "toml"


class Doubt(Enum):
    """What of a row of a county's sheet is a guess that a person is asked about (待確認)."""

    ITEM = "item"
    """Its item was taken by likeness that is not sure."""
    ROW = "row"
    """Nobody sees it, or it is struck out, and no sum says whether it counts."""
