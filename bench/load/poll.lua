-- Asks as a page does that is open and knows the last answer.
wrk.headers["If-None-Match"] = os.getenv("ETAG")
