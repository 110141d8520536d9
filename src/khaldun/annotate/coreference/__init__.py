"""Who is the same as whom within one report. Begin with `link`: names (`by_name`), descriptions (`by_description`),
then pronouns (`anaphora`) join clusters of mentions, which become `entities`.
"""
