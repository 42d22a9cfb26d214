-- Comments of guests under one story: every body and every sender differs, as with real people.
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init() sent = 0 end
function request()
  sent = sent + 1
  local sender = string.format("10.%d.%d.%d", id * 100 + math.floor(sent / 62500), math.floor(sent / 250) % 250, sent % 250 + 1)
  local text = string.format("Writer+%d+of+group+%d.+The+harbour+office+says+it+put+up+a+notice%%3B+I+asked+three+people+on+the+quay+and+none+of+them+had+seen+it.+So+whom+do+we+write+to%%3F+**Nobody**+answers+there.", sent, id)
  return wrk.format("POST", nil, {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Sec-Fetch-Site"] = "same-origin",
    ["X-Forwarded-For"] = sender,
  }, string.format("name=Old+Salt+%d&text=%s&submission_key=k%d-%d&website=", sent % 900, text, id, sent))
end
