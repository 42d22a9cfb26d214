"""One scene a file; each draws itself on a `press.Sheet` of 1600 by 900 units."""
