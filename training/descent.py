"""Descent on a small head: AdamW with warm-up and linear decay; the weights are the mean over the last third."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn


def descend(model: nn.Module, steps: Sequence[Tensor], rate: float, loss_of: Callable[[Tensor], Tensor]) -> None:
    """Trains in place what asks for gradients, by the loss of the rows of each step."""
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.05 * len(steps)), max(0.02, 1 - s / len(steps)))
    )
    averaged, taken = [torch.zeros_like(p) for p in parameters], 0
    model.train()
    for step, rows in enumerate(steps):
        loss = loss_of(rows)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        if step > 0.7 * len(steps):
            torch._foreach_add_(averaged, [p.detach() for p in parameters])
            taken += 1
    with torch.no_grad():
        for parameter, total in zip(parameters, averaged, strict=True):
            parameter.copy_(total / max(taken, 1))
    model.eval()
