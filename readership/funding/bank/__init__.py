"""Banks' files, read: a file becomes records, one after the other, in memory that does not grow with it.

Each reader yields, for every statement in the file, one StatementHead, its StatementLines, and one StatementEnd.
None knows the database. What they refuse raises StatementRefused with a sentence.
"""
