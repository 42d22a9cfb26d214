"""A Stripe for tests: an HTTP server on this machine that the unmodified SDK talks to.

It holds what Readership uses of Stripe (checkout, portal, refunds, disputes, subscriptions, payouts, the balance,
webhooks), in the shapes of the SDK's pinned API version and of one before it. `python -m tests.fake_stripe` starts it
by hand; a test takes the fixture `fake_stripe`.

    http    server → api (keys, versions, faults) → routing → a verb of …
    verbs   checkout, portal, subscriptions, invoices, paying, refunds, disputes, payouts, balance, customers, catalogue
    time    clock, renewing (periods end), debits (banks decide)
    events  events → delivery (order, repeats, retries) → posting; forging
    things  things (dataclasses) in a world (one account in one mode) → shapes (Stripe's JSON)
"""
