"""The learned layers: one small encoder read once over a report with heads over its output, and a linear classifier.

The encoder is all-MiniLM-L6-v2, fine-tuned and exported by `training/`, kept as int8 ONNX in `annotate/models`.
What each head says is turned into findings by one file each. Ties (`ties.py`) come without the encoder: the classifier
weighs what can be read off the words of a pair (`pairs.py`). How findings and rules meet is in `annotate/meet`.
"""
