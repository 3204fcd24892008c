"""The small graph after the network: what kind of event a trigger with its participants is, and whether it is one."""

from __future__ import annotations

from copy import deepcopy
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
    with all that takes part in it, begin with no say. What those heads say of the status keeps a part of the say: they
    know more styles than the items do."""

    INNER = 128
    FIRST_STATUS = 0.3

    def __init__(self, heads: EventHeads, dropout: float = 0.3) -> None:
        super().__init__()
        self.no_participant = nn.Parameter(heads.no_participant.detach().clone())
        self.event, self.types, self.modes = heads.event, heads.types, heads.modes
        self.statuses, self.contexts = heads.statuses, heads.contexts
        self.first_event, self.first_statuses = deepcopy(heads.event), deepcopy(heads.statuses)
        self.first_no_participant = nn.Parameter(heads.no_participant.detach().clone())
        for kept in (self.first_event, self.first_statuses):
            kept.requires_grad_(False)
        self.first_no_participant.requires_grad_(False)
        self.dropout = nn.Dropout(dropout)
        self.inner = nn.Linear(4 * words_in(), self.INNER)
        self.outer = nn.Linear(self.INNER, 1)
        self.of_trigger = nn.Parameter(torch.ones(1))
        nn.init.zeros_(self.outer.weight)
        nn.init.zeros_(self.outer.bias)

    def score(self, parts: Parts) -> Scored:
        read = self._read(parts, self.no_participant)
        event = self.dropout(torch.tanh(self.event(read)))
        again = self.dropout(torch.tanh(self.inner(self.dropout(read))))
        occurs = self.of_trigger * parts.logit + self.outer(again).squeeze(-1)
        return Scored(self.types(event), self.modes(event), self.statuses(event), self.contexts(event), occurs)

    def status(self, parts: Parts, found: Scored) -> Tensor:
        """Probabilities of the statuses [N, 5], of both opinions."""
        first = self.first_statuses(torch.tanh(self.first_event(self._read(parts, self.first_no_participant))))
        return self.FIRST_STATUS * first.softmax(-1) + (1 - self.FIRST_STATUS) * found.statuses.softmax(-1)

    @staticmethod
    def _read(parts: Parts, nobody: Tensor) -> Tensor:
        actors = torch.where(parts.acted[:, None], parts.actors, nobody[0])
        recipients = torch.where(parts.received[:, None], parts.recipients, nobody[1])
        return torch.cat([parts.trigger, actors, recipients, parts.sentence], -1)

    def forward(self, meaning: Tensor, trigger: Tensor, actors: Tensor, recipients: Tensor, logit: Tensor):
        """As `turnstone.analysis.event_model.EventModel.events` asks it."""

        def mean(spans: Tensor) -> Tensor:
            return spans @ meaning / spans.sum(1, keepdim=True).clamp(min=1)

        sentence = mean(torch.ones_like(trigger))
        acted, received = actors.sum(1) > 0, recipients.sum(1) > 0
        parts = Parts(trigger @ meaning, mean(actors), mean(recipients), sentence, acted, received, logit)
        found = self.score(parts)
        types, contexts, occurs = found.types.softmax(-1), found.contexts.sigmoid(), found.occurs.sigmoid()
        return types, found.modes, self.status(parts, found), contexts, occurs
