"""What differs between two records and why; bundles that code to the same bytes elsewhere."""

from turnstone.provenance.bundle import bundle, read_bundle, unbundle
from turnstone.provenance.diff import Difference, Differences, diff
from turnstone.provenance.verify import Verdict, verify

__all__ = ["Difference", "Differences", "Verdict", "bundle", "diff", "read_bundle", "unbundle", "verify"]
