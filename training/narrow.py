"""A smaller encoder out of a trained one: the attention heads and inner channels that matter least are taken out.

What is left is trained on (`python -m training`, the last stage), led by what the whole one says of each word.
How much one matters is how much the loss would change without it, to first order: the size of the sum of value times
gradient (Michel, Levy and Neubig 2019 for heads; Molchanov et al. 2017 for channels).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from training.batches import Batch
from training.network import Network

HEAD = 32
"""Size of a head."""
TOGETHER = 64
"""Channels are kept in multiples of this, as tiles of matrices are cut; so heads come in pairs."""
FEWEST = 4
"""Heads that each layer keeps at least."""


@dataclass(frozen=True)
class Kept:
    """Which attention heads and which inner channels of each layer stay, in ascending order."""

    heads: Sequence[Sequence[int]]
    inner: Sequence[Sequence[int]]


def layers_of(network: Network) -> Sequence[Any]:
    """The layers of the encoder, the lowest first."""
    layers: Sequence[Any] = network.encoder.encoder.layer
    return layers


def learning(network: Network) -> None:
    """From now on all layers learn, also those that had stayed as published."""
    network.frozen = 0
    for layer in layers_of(network):
        layer.requires_grad_(True)


def worth(
    network: Network, batches: Iterable[Batch], loss: Callable[[Batch], Tensor]
) -> tuple[list[Tensor], list[Tensor]]:
    """How much each head [heads] and each inner channel [channels] of every layer matters to the loss."""
    given: dict[nn.Module, Tensor] = {}

    def note(matrix: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        inputs[0].retain_grad()
        given[matrix] = inputs[0]

    matrices = [m for layer in layers_of(network) for m in (layer.attention.output.dense, layer.output.dense)]
    hooks = [matrix.register_forward_pre_hook(note) for matrix in matrices]
    sums = [torch.zeros(m.in_features) for m in matrices]
    for batch in batches:
        network.zero_grad()
        loss(batch).backward()  # type: ignore[no-untyped-call]
        for total, matrix in zip(sums, matrices, strict=True):
            values = given[matrix]
            assert values.grad is not None
            effect = (values * values.grad).sum(1)  # over the pieces of a window: what all of it would lose
            if matrix.in_features == network.encoder.config.hidden_size:
                effect = effect.unflatten(-1, (-1, HEAD)).sum(-1).repeat_interleave(HEAD, -1)
            total += effect.detach().abs().sum(0)
    for hook in hooks:
        hook.remove()
    return [s[::HEAD] for s in sums[::2]], sums[1::2]


def least_left_out(heads: Sequence[Tensor], inner: Sequence[Tensor], share: float) -> Kept:
    """What stays when about `share` of all heads and of all channels goes, the least first, of whichever layer."""
    return Kept(_best(heads, share, TOGETHER // HEAD, FEWEST), _best(inner, share, TOGETHER, TOGETHER))


def _best(worths: Sequence[Tensor], share: float, together: int, fewest: int) -> list[list[int]]:
    line = torch.cat(list(worths)).quantile(share)
    counts = [max(fewest, together * round(int((w >= line).sum()) / together)) for w in worths]
    return [sorted(w.topk(n).indices.tolist()) for w, n in zip(worths, counts, strict=True)]


def narrow(network: Network, kept: Kept) -> None:
    """Takes out all that does not stay, in place; the layers left all learn."""
    for layer, heads, inner in zip(layers_of(network), kept.heads, kept.inner, strict=True):
        channels = torch.tensor([head * HEAD + n for head in heads for n in range(HEAD)])
        own = layer.attention.self
        own.query, own.key, own.value = (_rows(part, channels) for part in (own.query, own.key, own.value))
        layer.attention.output.dense = _columns(layer.attention.output.dense, channels)
        layer.intermediate.dense = _rows(layer.intermediate.dense, torch.tensor(inner))
        layer.output.dense = _columns(layer.output.dense, torch.tensor(inner))
        own.num_attention_heads = len(heads)
        own.all_head_size = len(channels)
    learning(network)


def like(network: Network, state: Mapping[str, Tensor]) -> None:
    """Gives the layers of a network the sizes of those in a checkpoint, in place."""
    of = [f"encoder.encoder.layer.{number}" for number in range(len(layers_of(network)))]
    heads = [range(len(state[f"{layer}.attention.self.query.bias"]) // HEAD) for layer in of]
    narrow(network, Kept(heads, [range(len(state[f"{layer}.intermediate.dense.bias"])) for layer in of]))


def _rows(part: nn.Linear, rows: Tensor) -> nn.Linear:
    made = nn.Linear(part.in_features, len(rows))
    made.weight.data, made.bias.data = part.weight.data[rows].clone(), part.bias.data[rows].clone()
    return made


def _columns(part: nn.Linear, columns: Tensor) -> nn.Linear:
    made = nn.Linear(len(columns), part.out_features)
    made.weight.data, made.bias.data = part.weight.data[:, columns].clone(), part.bias.data.clone()
    return made
