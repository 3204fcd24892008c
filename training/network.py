"""The network: two six-layer MiniLM towers over one frozen word-embedding table, and the heads on them.

The syntax tower reads sentences, parts of speech, dependencies, names and attributions; the event tower reads
meaning. `docs/model.md` says why there are two.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from turnstone.analysis.encode import SHAPES

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
SHAPE_WIDTH = 32


class Dropout(nn.Module):
    """Dropout from a bank of random masks at a random offset: drawing fresh ones is a fifth of a step on CPU."""

    BANK = 1 << 23

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.bank: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.rate:
            return x
        if x.device.type != "cpu" or x.numel() > self.BANK // 2:
            return F.dropout(x, self.rate)
        if self.bank is None or self.bank.dtype != x.dtype:
            self.bank = ((torch.rand(self.BANK) >= self.rate).float() / (1 - self.rate)).to(x.dtype)
        at = int(torch.randint(self.BANK - x.numel(), ()))
        return x * self.bank[at : at + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One transformer block of BERT's kind (normalised after each residual)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def split(t: Tensor) -> Tensor:
            return t.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask.to(q.dtype)
        with torch.autocast(x.device.type, enabled=False):  # else the soft-max is done in float32
            context = scores.softmax(-1) @ v
        context = context.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.attended_norm(x + self.dropout(self.attended(context)))
        return self.outer_norm(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Tower(nn.Module):
    """Six layers over given word-piece embeddings; returns a vector per word, from its first and last piece."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.position = nn.Embedding(512, WIDTH)
        self.kind = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = Dropout(dropout)
        self.shape_in = nn.Embedding(SHAPES + 1, WIDTH)  # the last row is for [CLS], [SEP] and padding
        self.shape_out = nn.Embedding(SHAPES, SHAPE_WIDTH)
        nn.init.zeros_(self.shape_in.weight)

    def forward(
        self, embedded: Tensor, mask: Tensor, piece_shapes: Tensor, first: Tensor, last: Tensor, shapes: Tensor
    ) -> Tensor:
        """Embedded pieces [B, S, 384], mask [B, S] (1 for real) and word tables [B, W] -> words [B, W, 416]."""
        positions = torch.arange(embedded.shape[1], device=embedded.device)
        x = embedded + self.position(positions) + self.kind.weight[0] + self.shape_in(piece_shapes)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)

        def gather(index: Tensor) -> Tensor:
            return x.gather(1, index.unsqueeze(-1).expand(-1, -1, WIDTH))

        words = (gather(first) + gather(last)) * 0.5
        return torch.cat([words, self.shape_out(shapes).to(words.dtype)], -1)

    def load(self, weights: dict[str, Tensor]) -> None:
        """Take the values of a BERT checkpoint of this size."""
        names = {
            "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
            "attention.output.dense": "attended", "attention.output.LayerNorm": "attended_norm",
            "intermediate.dense": "inner", "output.dense": "outer", "output.LayerNorm": "outer_norm",
        }  # fmt: skip
        state = {
            "position.weight": weights["embeddings.position_embeddings.weight"],
            "kind.weight": weights["embeddings.token_type_embeddings.weight"],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        for i in range(LAYERS):
            for theirs, ours in names.items():
                for part in ("weight", "bias"):
                    state[f"layers.{i}.{ours}.{part}"] = weights[f"encoder.layer.{i}.{theirs}.{part}"]
        missing = self.load_state_dict(state, strict=False).missing_keys
        if any("shape" not in name for name in missing):
            raise ValueError(f"the base weights lack {missing}")


def base_folder(folder_or_name: str) -> Path:
    """Where the base encoder's `model.safetensors` and `vocab.txt` are: a local folder, or fetched by a hub name."""
    folder = Path(folder_or_name)
    if folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(folder_or_name, allow_patterns=["model.safetensors", "vocab.txt"]))


def base_weights(folder: Path) -> dict[str, Tensor]:
    """Weights of the base encoder."""
    return load_file(folder / "model.safetensors")


def words_in() -> int:
    return WIDTH + SHAPE_WIDTH


class Biaffine(nn.Module):
    """Scores every pair of words [B, W(dependent), W(head)] from two small views of each."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dependent = nn.Sequential(nn.Linear(words_in(), width), nn.GELU(), Dropout(dropout))
        self.head = nn.Sequential(nn.Linear(words_in(), width), nn.GELU(), Dropout(dropout))
        self.weight = nn.Parameter(torch.zeros(width + 1, width))
        nn.init.xavier_uniform_(self.weight)

    def forward(self, words: Tensor) -> Tensor:
        dependent = self.dependent(words)
        dependent = torch.cat([dependent, torch.ones_like(dependent[..., :1])], -1)
        return (dependent @ self.weight.to(dependent.dtype)) @ self.head(words).transpose(1, 2)


class NameHead(nn.Module):
    """Name tags of words [B, W, tags], from what both towers [B, W, 832] say of each word and its neighbours; and how
    likely a tag is to follow another (a linear-chain conditional random field)."""

    def __init__(self, tags: Sequence[str], width: int = 256, dropout: float = 0.3) -> None:
        super().__init__()
        self.inner = nn.Linear(6 * words_in(), width)
        self.dropout = Dropout(dropout)
        self.outer = nn.Linear(width, len(tags))
        self.start = nn.Parameter(torch.zeros(len(tags)))
        self.step = nn.Parameter(torch.zeros(len(tags), len(tags)))
        inside = torch.tensor([tag.startswith("I-") for tag in tags])
        same = torch.tensor([[after.startswith("I-") and tag[1:] == after[1:] for after in tags] for tag in tags])
        self.register_buffer("no_start", inside * -1e4, persistent=False)
        self.register_buffer("no_step", (inside[None] & ~same) * -1e4, persistent=False)

    def forward(self, words: Tensor) -> Tensor:
        edge = torch.zeros_like(words[:, :1])
        before, after = torch.cat([edge, words[:, :-1]], 1), torch.cat([words[:, 1:], edge], 1)
        return self.outer(self.dropout(F.gelu(self.inner(torch.cat([before, words, after], -1)))))

    def transitions(self) -> tuple[Tensor, Tensor]:
        """Scores of the first tag [tags] and of a tag after another [tags, tags]; a name goes on only in its kind."""
        return self.start + self.no_start, self.step + self.no_step

    def loss(self, scores: Tensor, tags: Tensor) -> Tensor:
        """Negative log-likelihood a word of tag sequences [B, W], -100 where there are no words."""
        start, step = self.transitions()
        known, tags = tags >= 0, tags.clamp(min=0)
        own = scores.gather(2, tags[..., None]).squeeze(2)
        every, gold = start + scores[:, 0], start[tags[:, 0]] + own[:, 0]
        for i in range(1, scores.shape[1]):
            here = known[:, i]
            further = torch.logsumexp(every[:, :, None] + step, 1) + scores[:, i]
            every = torch.where(here[:, None], further, every)
            gold = gold + here * (step[tags[:, i - 1], tags[:, i]] + own[:, i])
        return (torch.logsumexp(every, 1) - gold).sum() / known.sum()


class SyntaxHeads(nn.Module):
    """Sentence starts, parts of speech, dependencies, names and attributions of the words of a window."""

    LABEL_WIDTH = 128

    def __init__(self, upos: int, relations: int, names: int, dropout: float = 0.33) -> None:
        super().__init__()
        self.dropout = Dropout(dropout)
        self.start = nn.Linear(words_in(), 1)
        self.upos = nn.Linear(words_in(), upos)
        self.names = nn.Sequential(nn.Linear(words_in(), 128), nn.GELU(), Dropout(0.2), nn.Linear(128, names))
        self.attribution = nn.Sequential(nn.Linear(words_in(), 192), nn.GELU(), Dropout(0.2), nn.Linear(192, 9))
        self.arcs = Biaffine(256, dropout)
        self.links = Biaffine(96, 0.2)
        self.label_dependent = nn.Sequential(nn.Linear(words_in(), self.LABEL_WIDTH), nn.GELU(), Dropout(dropout))
        self.label_head = nn.Sequential(nn.Linear(words_in(), self.LABEL_WIDTH), nn.GELU(), Dropout(dropout))
        self.label_weight = nn.Parameter(torch.zeros(relations, self.LABEL_WIDTH + 1, self.LABEL_WIDTH + 1))
        nn.init.normal_(self.label_weight, std=0.02)

    def forward(self, words: Tensor) -> dict[str, Tensor]:
        words = self.dropout(words)
        return {
            "start": self.start(words).squeeze(-1),
            "upos": self.upos(words),
            "names": self.names(words),
            "attribution": self.attribution(words),
            "arcs": self.arcs(words),
            "links": self.links(words),
            "label_dependent": self.label_dependent(words),
            "label_head": self.label_head(words),
        }

    def labels(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Relation scores [N, R] of N pairs given as label views [N, 128]."""
        one = torch.ones_like(dependent[:, :1])
        dependent, head = torch.cat([dependent, one], -1), torch.cat([head, one], -1)
        r, d, _ = self.label_weight.shape
        left = dependent @ self.label_weight.to(dependent.dtype).permute(1, 0, 2).reshape(d, r * d)
        return torch.einsum("nrd,nd->nr", left.view(-1, r, d), head)


class Marks(nn.Module):
    """What is added to the pieces [B, S] of a marked pair: 0 nothing, 1 inside the source, 2 inside the target."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(2, WIDTH))

    def forward(self, marks: Tensor) -> Tensor:
        return F.embedding(marks, torch.cat([torch.zeros_like(self.weight[:1]), self.weight]))


class EventHeads(nn.Module):
    """Triggers, and for a trigger with its participants: type, modes, status, contexts; and roles word by word.

    The same heads read marked pairs without a trigger: attention from the pair stands in for it, and a learned vector
    tells that the label is to follow the pairs' conventions, which differ from the codebook's here and there.
    """

    def __init__(self, types: int, modes: int, statuses: int, contexts: int, dropout: float = 0.2) -> None:
        super().__init__()
        width = words_in()
        self.dropout = Dropout(dropout)
        self.trigger = nn.Linear(width, 1)
        self.no_participant = nn.Parameter(torch.zeros(2, width))
        self.query = nn.Linear(2 * width, 128)
        self.key = nn.Linear(width, 128)
        self.event = nn.Linear(4 * width, WIDTH)
        self.of_pair = nn.Parameter(torch.zeros(WIDTH))
        self.types = nn.Linear(WIDTH, types)
        self.modes = nn.Linear(WIDTH, modes)
        self.statuses = nn.Linear(WIDTH, statuses)
        self.contexts = nn.Linear(WIDTH, contexts)
        self.actor = Biaffine(128, dropout)
        self.recipient = Biaffine(128, dropout)

    def pool(self, words: Tensor, spans: Tensor, which: int) -> Tensor:
        """Mean of the words [N, W, D] inside `spans` [N, W]; a learned vector where a span is empty."""
        count = spans.sum(1, keepdim=True)
        mean = torch.einsum("nw,nwd->nd", spans.to(words.dtype), words) / count.clamp(min=1).to(words.dtype)
        return torch.where(count > 0, mean, self.no_participant[which].to(words.dtype))

    def attend(self, words: Tensor, actors: Tensor, recipients: Tensor, mask: Tensor) -> Tensor:
        """Where the trigger of a pair is: log-probabilities [N, W]."""
        query = self.query(torch.cat([self.pool(words, actors, 0), self.pool(words, recipients, 1)], -1))
        scores = torch.einsum("nd,nwd->nw", query, self.key(words)) * 128**-0.5
        return scores.float().masked_fill(mask == 0, -1e4).log_softmax(-1)

    def describe(
        self, words: Tensor, trigger: Tensor, actors: Tensor, recipients: Tensor, mask: Tensor, pair: Tensor
    ) -> Tensor:
        """One vector an event [N, 384] from trigger weights, actors, recipients and the sentence, all [N, W], and
        whether [N] it is a marked pair (1) or an event of a report (0)."""
        parts = [
            torch.einsum("nw,nwd->nd", trigger.to(words.dtype), words),
            self.pool(words, actors, 0),
            self.pool(words, recipients, 1),
            self.pool(words, mask.float(), 0),
        ]
        convention = pair[:, None].to(words.dtype) * self.of_pair.to(words.dtype)
        return self.dropout(torch.tanh(self.event(torch.cat(parts, -1)) + convention))
