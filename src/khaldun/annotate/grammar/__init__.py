"""Questions that all rules ask of a sentence: who fills which function (`syntax`), which words evoke an event or a tie
(`triggers`, `tie_words`), and whether it happened by the words (`factuality`). Begin with `syntax`.
"""
