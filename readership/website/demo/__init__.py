"""The newsroom that `readership demo` plants: The Brinmouth Lantern, its town, its readers and its pictures.

Everything in it is invented. `content/` is text that anyone may edit; `reading` turns it into records,
`painting` draws the pictures.
"""
