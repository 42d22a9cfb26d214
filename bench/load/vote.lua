-- Votes of readers with accounts on one comment: each votes once. Their sessions stand in the file VOTERS, one a line.
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init()
  sessions, sent = {}, 0
  local line = 0
  for session in io.lines(os.getenv("VOTERS")) do
    if line % 2 == id then sessions[#sessions + 1] = session end
    line = line + 1
  end
end
function request()
  sent = sent + 1
  if sent > #sessions then wrk.thread:stop() end
  return wrk.format("POST", nil, {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Sec-Fetch-Site"] = "same-origin",
    ["X-Forwarded-For"] = string.format("10.%d.%d.%d", id * 100, math.floor(sent / 250) % 250, sent % 250 + 1),
    ["Cookie"] = "session=" .. sessions[(sent - 1) % #sessions + 1],
  }, "value=1")
end
