"""Reviews many drafts at once: found in folders, read side by side, judged alone and together.

The way of a batch: folders → :mod:`discover` → files → :mod:`batch` (readings, kept by :mod:`cache`) →
:class:`~grantcalc.review.model.BatchResult`, which reports and workbooks show.
"""
