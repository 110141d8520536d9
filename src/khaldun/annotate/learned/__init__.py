"""The learned layers: one small encoder read once over a report, and heads over its output.

The encoder is all-MiniLM-L6-v2, fine-tuned and exported by `training/`, kept as int8 ONNX in `annotate/models`.
What each head says is turned into findings by one file each; how findings and rules meet is in `annotate/meet`.
"""
