"""What a process is.

`family_pr` is the page to read first; `dispatcher` walks it; `domain` holds the rules.
Nothing is imported here: whoever wants one part does not load all.
"""
