"""Saved pages of invented newsrooms, as a browser writes them down as text."""

WHOLE = """\
0 $
2,500 $
5,000 $
1,440 $

Second Ferry Delayed Again, Council Says “Spring”

Support The Lantern

Second Ferry Delayed Again, Council Says "Spring"

Click to see full-size image

The second ferry will not sail before spring, the council said on Monday.

“We were promised a boat, not a brochure,” said the harbour master.
He has kept the berth free since May.

The yard gave no new date.


Support The Lantern


Notify of
Newest Most Voted
Inline Feedbacks
View all comments
Gull 10

The berth has been empty for a year…




Same story every autumn.

Mira Solberg

I asked the yard. They never ordered the engine.

Nor the bell.

Old Salt

So who signed?
And who paid?


Somebody should ask the mayor.

Would love your thoughts, please comment.x
"""

WITHOUT_CONTROLS = """\
$0
$10,000
$2,345.50

Lighthouse Lamp Sold for Scrap

By Ines Okafor
March 4, 2021

The lamp that guided boats for ninety years was sold by weight.

A collector in the next town bought the lens.

What the law says

A listed lamp may not be sold without consent of the county.

Support our reporting

Keeper keeper@lamp.example

I polished that lens for ten years.

Rosa

Reply to Keeper

And it showed.
"""

EURO = """\
Harbour Courier

€ 4.200 raised
Goal: € 12.000

Donate

New Crane Arrives by Night

New Crane Arrives by Night

Tap to enlarge
Photo: the crane at the north pier

The crane came on two barges and was bolted down before dawn.

Donate

It lifts forty tonnes.

Donate

2 Comments
Oldest
Jan van der Meer
2 years ago
Heard it from my kitchen.
3
Reply
Ana
An hour ago
Is it insured?
Reply
"""

NO_THREAD = """\
Bench on the Mole Painted Green

The bench on the mole has been painted green. It was blue before.

Nobody objected.
"""
