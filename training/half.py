"""Products in bfloat16, where the device has instructions for them; emulated ones take twenty times as long."""

from __future__ import annotations

import torch

INSTRUCTIONS = ("avx512_bf16", "amx_bf16", "bf16")
"""What processors call them; the last is of ARM."""


def half(device: str) -> torch.autocast:
    """The context in which a step of training runs on `device`."""
    able = device != "cpu" or any(torch.cpu.get_capabilities().get(name) for name in INSTRUCTIONS)
    return torch.autocast(device, torch.bfloat16, enabled=able)
