"""The small graph that says who takes part: of each trigger and phrase of a sentence, whether this acts or receives."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from network import words_in
from turnstone.analysis.participation import WAYS

# what a phrase that hangs on the trigger in this way has more before any training: (actor, recipient)
START = {
    "nsubj": (2.0, -1.0),
    "nsubj:pass": (-1.0, 1.5),
    "obl:agent": (2.5, -1.0),
    "obj": (-1.0, 1.0),
    "iobj": (-1.0, 1.5),
    "nmod:poss": (0.7, 0.0),
    "compound": (0.3, 0.3),
    "amod": (0.3, 0.0),
    "subject of another": (-4.0, 0.0),
    "pronoun as subject": (9.0, -1.0),
    "in a clause below": (-3.0, -3.0),
    "elsewhere": (0.0, -1.5),
    "elsewhere of an active verb": (-3.0, -1.5),
}


class RoleScores(nn.Module):
    """Begins as the network's scores with what grammar adds by hand. To that come a biaffine product of trigger and
    phrase, and what a layer makes of both with the way between them; these begin with no say."""

    WIDTH, PRODUCT = 128, 96

    def __init__(self, dropout: float = 0.3) -> None:
        super().__init__()
        of_trigger, of_phrase = words_in(), 2 * words_in()
        self.of_words = nn.Parameter(torch.ones(2))
        self.of_way = nn.Parameter(torch.tensor([START.get(way, (0.0, 0.0)) for way in WAYS]))
        self.trigger, self.phrase = nn.Linear(of_trigger, self.WIDTH), nn.Linear(of_phrase, self.WIDTH)
        self.words = nn.Linear(2, self.WIDTH, bias=False)
        self.way = nn.Parameter(0.1 * torch.randn(len(WAYS), self.WIDTH))
        self.outer = nn.Linear(self.WIDTH, 2)
        self.left, self.right = nn.Linear(of_trigger, self.PRODUCT), nn.Linear(of_phrase, self.PRODUCT)
        self.product = nn.Linear(self.PRODUCT, 2 * self.PRODUCT)
        self.dropout = nn.Dropout(dropout)
        for none in (self.outer, self.product):
            nn.init.zeros_(none.weight)
            nn.init.zeros_(none.bias)

    def views(self, triggers: Tensor, phrases: Tensor) -> tuple[Tensor, Tensor]:
        """Of the words of triggers [T, 416] and of phrases [P, 832], their heads and means: [T, 320] and [P, 224]."""
        triggers, phrases = self.dropout(triggers), self.dropout(phrases)
        left = self.product(self.dropout(F.gelu(self.left(triggers))))
        right = self.dropout(F.gelu(self.right(phrases)))
        return torch.cat([self.trigger(triggers), left], -1), torch.cat([self.phrase(phrases), right], -1)

    def score(self, triggers: Tensor, phrases: Tensor, ways: Tensor, words: Tensor) -> Tensor:
        """Logits [..., 2] of pairs from the views of trigger and phrase, the way that one hangs on the other [...],
        and what the network gave the words of the phrase [..., 2]."""
        trigger, acts, receives = triggers.split((self.WIDTH, self.PRODUCT, self.PRODUCT), -1)
        phrase, right = phrases.split((self.WIDTH, self.PRODUCT), -1)
        inner = torch.tanh(trigger + phrase + self.way[ways] + self.words(words / 4))
        product = torch.stack([(acts * right).sum(-1), (receives * right).sum(-1)], -1)
        return self.of_words * words + self.of_way[ways] + self.outer(self.dropout(inner)) + product

    def forward(
        self, meaning: Tensor, triggers: Tensor, heads: Tensor, phrases: Tensor, ways: Tensor, scores: Tensor
    ) -> Tensor:
        """As `turnstone.analysis.event_model.EventModel.roles` asks it."""
        mean = phrases @ meaning / phrases.sum(1, keepdim=True).clamp(min=1)
        trigger, phrase = self.views(meaning[triggers], torch.cat([meaning[heads], mean], -1))
        return self.score(trigger[:, None], phrase[None], ways, scores)
