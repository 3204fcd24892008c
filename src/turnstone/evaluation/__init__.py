"""How good a prediction is: any layer scored against a gold file, with intervals and confusions."""

from turnstone.evaluation.evaluate import LAYERS, evaluate
from turnstone.evaluation.report import Confusion, Measure, Report, Score

__all__ = ["LAYERS", "Confusion", "Measure", "Report", "Score", "evaluate"]
