"""The small graph after the network: what kind of event a trigger with its participants is, and whether it is one."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from network import EventHeads, words_in


@dataclass(frozen=True)
class Scored:
    """Of N candidates: types [N, 16], modes [N, 83], statuses [N, 5], contexts [N, 37] and occurs [N], as logits."""

    types: Tensor
    modes: Tensor
    statuses: Tensor
    contexts: Tensor
    occurs: Tensor


@dataclass(frozen=True)
class Parts:
    """What is read of N candidates: the trigger's word, the means of the actors', the recipients' and the sentence's
    words, all [N, 416]; whether there are actors and recipients [N]; and the logit [N] of the trigger alone."""

    trigger: Tensor
    actors: Tensor
    recipients: Tensor
    sentence: Tensor
    acted: Tensor
    received: Tensor
    logit: Tensor


class EventScores(nn.Module):
    """Begins as the heads that were trained with the tower; `inner` and `outer`, which look at a candidate once more
    with all that takes part in it, begin with no say."""

    INNER = 128

    def __init__(self, heads: EventHeads, dropout: float = 0.3) -> None:
        super().__init__()
        self.no_participant = nn.Parameter(heads.no_participant.detach().clone())
        self.event, self.types, self.modes = heads.event, heads.types, heads.modes
        self.statuses, self.contexts = heads.statuses, heads.contexts
        self.dropout = nn.Dropout(dropout)
        self.inner = nn.Linear(4 * words_in(), self.INNER)
        self.outer = nn.Linear(self.INNER, 1)
        self.of_trigger = nn.Parameter(torch.ones(1))
        nn.init.zeros_(self.outer.weight)
        nn.init.zeros_(self.outer.bias)

    def score(self, parts: Parts) -> Scored:
        read = torch.cat(
            [
                parts.trigger,
                torch.where(parts.acted[:, None], parts.actors, self.no_participant[0]),
                torch.where(parts.received[:, None], parts.recipients, self.no_participant[1]),
                parts.sentence,
            ],
            -1,
        )
        event = self.dropout(torch.tanh(self.event(read)))
        again = self.dropout(torch.tanh(self.inner(self.dropout(read))))
        occurs = self.of_trigger * parts.logit + self.outer(again).squeeze(-1)
        return Scored(self.types(event), self.modes(event), self.statuses(event), self.contexts(event), occurs)

    def forward(self, meaning: Tensor, trigger: Tensor, actors: Tensor, recipients: Tensor, logit: Tensor):
        """As `turnstone.analysis.model.Model.events` asks it."""

        def mean(spans: Tensor) -> Tensor:
            return spans @ meaning / spans.sum(1, keepdim=True).clamp(min=1)

        found = self.score(
            Parts(
                trigger @ meaning, mean(actors), mean(recipients), mean(torch.ones_like(trigger)),
                actors.sum(1) > 0, recipients.sum(1) > 0, logit,
            )
        )  # fmt: skip
        return (
            found.types.softmax(-1), found.modes, found.statuses.softmax(-1), found.contexts.sigmoid(),
            found.occurs.sigmoid(),
        )  # fmt: skip
