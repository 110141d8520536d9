"""The network: the encoder, and heads for tags, anchors and what is something to an anchor."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from khaldun.annotate.learned import labels

ANCHOR_TASKS = {
    "cue": len(labels.ATTRIBUTION_ROLES),
    "trigger": len(labels.EVENT_ROLES),
    "tie": len(labels.TIES),
}
TAGS = {
    "entity": 2 * len(labels.ENTITY_TYPES) + 1,
    "said": 2 * len(labels.SAID) + 1,
    "name": 2 * len(labels.NAME_TYPES) + 1,
    "role": 2 * len(labels.INCIDENT_ROLES) + 1,
    "incident": len(labels.INCIDENT_TYPES),
    "case": len(labels.CASES),
    "cue": 2,
    "trigger": len(labels.EVENT_KINDS),
    "manner": len(labels.FACTUALITY),
}
FURTHER_TASKS = frozenset(("name",))
"""Tasks that only teach the encoder; their heads are not written out. With these names, the stretches of "said", hidden
dropout and a third pass over the attributions, the layer alone went from .649 to .691 of source and content (held-out
PolNeAR, 2026-11-29)."""
WIDTH = 192
FROZEN = 2
"""Lowest layers left as published: a third less time a step."""


class Arguments(nn.Module):
    """What each token is to an anchor: a sum of both and their distance, and a product of both."""

    def __init__(self, size: int, roles: int) -> None:
        super().__init__()
        self.token, self.anchor = nn.Linear(size, WIDTH), nn.Linear(size, WIDTH)
        self.distance = nn.Embedding(labels.DISTANCES, WIDTH)
        self.left, self.right = nn.Linear(size, WIDTH // 2), nn.Linear(size, WIDTH // 2)
        self.out = nn.Linear(WIDTH + WIDTH // 2, roles)
        self.drop = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, row: Tensor, at: Tensor, distance: Tensor) -> Tensor:
        """Hidden [B, L, size]; of each anchor its row [A] and place [A], distances [A, L] -> [A, L, roles]."""
        anchor = hidden[row, at]
        near = nn.functional.one_hot(distance, labels.DISTANCES).float() @ self.distance.weight
        added = torch.relu(self.token(hidden).index_select(0, row) + self.anchor(anchor)[:, None] + near)
        times = self.left(hidden).index_select(0, row) * self.right(anchor)[:, None]
        return self.out(self.drop(torch.cat([added, times], -1)))


class Network(nn.Module):
    """Hidden states for word pieces, and the heads over them."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.frozen = FROZEN
        self.case = nn.Embedding(len(labels.CASES) + 1, size)
        nn.init.zeros_(self.case.weight)
        self.tags = nn.ModuleDict({name: nn.Linear(size, n) for name, n in TAGS.items()})
        self.arguments = nn.ModuleDict({name: Arguments(size, n) for name, n in ANCHOR_TASKS.items()})
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, case: Tensor, mask: Tensor) -> Tensor:
        """[B, L] each -> [B, L, size]. How words are written is told above the layers that stay as published."""
        seen = mask[:, None, None, :].bool().expand(-1, 1, ids.shape[1], -1)
        with torch.set_grad_enabled(torch.is_grad_enabled() and self.frozen < FROZEN):
            hidden = self.encoder.embeddings(input_ids=ids)
            for layer in self.encoder.encoder.layer[:FROZEN]:
                hidden = _only(layer(hidden, attention_mask=seen))
        hidden = hidden + self.case(case)
        for layer in self.encoder.encoder.layer[FROZEN:]:
            hidden = _only(layer(hidden, attention_mask=seen))
        return self.drop(hidden)


def _only(given: Tensor | tuple[Tensor, ...]) -> Tensor:
    return given[0] if isinstance(given, tuple) else given
