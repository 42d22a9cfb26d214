"""Finished pages in front of Django (DESIGN §5).

Views say `share(request)`, queries say `depends_on("story:7")`, verbs say `changed("story:7")`; `remembered(…)` keeps
what nearly every page asks. The rest of
this package belongs to the server.
"""

from readership.pagecache.changing import changed
from readership.pagecache.collecting import depends_on, share
from readership.pagecache.remembering import remembered

__all__ = ["changed", "depends_on", "remembered", "share"]
