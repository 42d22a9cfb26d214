-- Events of a processor whose signature is wrong, as somebody sends them who knows the address.
local body = '{"id":"evt_forged","object":"event","type":"checkout.session.completed","livemode":true,"data":{"object":{}}}'
wrk.method = "POST"
wrk.body = body
wrk.headers["Content-Type"] = "application/json"

function request()
  local header = string.format("t=%d,v1=%064x", os.time(), math.random(2^31))
  wrk.headers["Stripe-Signature"] = header
  return wrk.format(nil, nil, nil, body)
end
