"""The small graph that says what a marked source does to a marked target."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from network import WIDTH, words_in
from turnstone.analysis.labels import EVENT_TYPES


class PairScores(nn.Module):
    """Reads the means of the source's, the target's and the sentence's words, and words that both ask for together:
    four times, each by attention of its own, where one trigger would have to be found."""

    ASKED, VIEW = 4, 128

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        width = words_in()
        self.nobody = nn.Parameter(torch.zeros(2, width))
        self.query = nn.Linear(2 * width, self.VIEW * self.ASKED)
        self.key = nn.Linear(width, self.VIEW * self.ASKED)
        self.event = nn.Linear((3 + self.ASKED) * width, WIDTH)
        self.types = nn.Linear(WIDTH, len(EVENT_TYPES))
        self.dropout = nn.Dropout(dropout)

    def score(self, words: Tensor, mask: Tensor, actors: Tensor, recipients: Tensor) -> Tensor:
        """Logits of types [N, 16] from the words of N sentences [N, W, 416], and which of them there are, act and
        receive, all [N, W]."""
        words = self.dropout(words)
        size, length, _ = words.shape
        both = [
            self._mean(words, spans, nobody) for spans, nobody in zip((actors, recipients), self.nobody, strict=True)
        ]
        query = self.query(torch.cat(both, -1)).view(size, self.ASKED, self.VIEW)
        key = self.key(words).view(size, length, self.ASKED, self.VIEW)
        found = torch.einsum("nkd,nwkd->nkw", query, key) * self.VIEW**-0.5
        found = (found + (mask[:, None] - 1) * 1e4).softmax(-1) @ words
        read = torch.cat([found.flatten(1), *both, self._mean(words, mask, self.nobody[0])], -1)
        return self.types(self.dropout(torch.tanh(self.event(read))))

    @staticmethod
    def _mean(words: Tensor, spans: Tensor, nobody: Tensor) -> Tensor:
        count = spans.sum(1, keepdim=True)
        mean = (spans[:, None] @ words).squeeze(1) / count.clamp(min=1)
        return torch.where(count > 0, mean, nobody)


class MeanOfPairScores(nn.Module):
    """The mean of what several trainings say, as `turnstone.analysis.model.Model.pairs` asks it."""

    def __init__(self, trained: list[PairScores]) -> None:
        super().__init__()
        self.trained = nn.ModuleList(trained)

    def forward(self, meaning: Tensor, actors: Tensor, recipients: Tensor) -> Tensor:
        words = meaning[None].expand(actors.shape[0], -1, -1)
        said = [F.softmax(one.score(words, torch.ones_like(actors), actors, recipients), -1) for one in self.trained]
        return torch.stack(said).mean(0)
