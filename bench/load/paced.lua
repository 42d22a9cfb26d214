-- Asks for the page at a steady pace: RATE requests a second in all, over CONNECTIONS that take turns.
local pause = 1000 * tonumber(os.getenv("CONNECTIONS")) / tonumber(os.getenv("RATE"))

function delay()
  -- Around the pause, so that the connections do not march in step.
  return math.random() * 2 * pause
end
