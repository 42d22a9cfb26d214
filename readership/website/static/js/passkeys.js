/**
 * <passkey-form for="get" options="/account/2fa/webauthn/login/" hidden>
 *   <form method="post" action="…"><input type="hidden" name="credential"> … <button>Sign in with a passkey</button></form>
 *   <script type="application/json">{"request_options": …}</script>   (or `options`, an address that has them)
 * </passkey-form>
 * Shows itself where the browser knows passkeys. `for="create"` makes one, `for="get"` uses one; what the browser answers
 * is sent as an ordinary form.
 */
class PasskeyForm extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.form.addEventListener("submit", this);
  }

  disconnectedCallback() {
    this.form?.removeEventListener("submit", this);
  }

  get form() {
    return this.querySelector("form");
  }

  async handleEvent(event) {
    event.preventDefault();
    const alert = this.querySelector("[data-failed]");
    alert.textContent = "";
    try {
      const { publicKey } = await this.ask();
      const credential = await (this.getAttribute("for") === "create" ? create(publicKey) : use(publicKey));
      this.form.elements.credential.value = JSON.stringify(plain(credential));
      this.form.submit();
    } catch {
      alert.textContent = alert.dataset.failed;
    }
  }

  async ask() {
    const address = this.getAttribute("options");
    const given = address
      ? await (await fetch(address, { headers: { Accept: "application/json" } })).json()
      : JSON.parse(this.querySelector("script").textContent);
    return given.request_options ?? given.creation_options;
  }
}

/** One that signs in by itself: kept by the device, opened with a finger or a PIN. */
function create(options) {
  const chosen = { ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  const user = { ...options.user, id: bytes(options.user.id) };
  const publicKey = { ...options, user, challenge: bytes(options.challenge), excludeCredentials: known(options.excludeCredentials), authenticatorSelection: chosen };
  return navigator.credentials.create({ publicKey });
}

function use(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) };
  return navigator.credentials.get({ publicKey });
}

const known = (listed) => (listed ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** A credential with its bytes as text, as the server reads it. */
function plain(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: credential.getClientExtensionResults() };
}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

customElements.define("passkey-form", PasskeyForm);
