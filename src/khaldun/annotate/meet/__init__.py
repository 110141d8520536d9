"""Where rules and learned layers meet, and which wins: one file for each kind of finding.

The policy is written down in docs/decisions/0012. In short: where both found a thing, the meaning (stance, medium,
polarity, kind), the source and the cue are the rule's, since a rule can be read and argued with, and the content is the
layer's where the two differ much;
what only a rule found stays; what only the layer found is added from a probability on that was set by measurement.
`made_by` of every finding names the rule, "learned", or both joined by "+".
"""
