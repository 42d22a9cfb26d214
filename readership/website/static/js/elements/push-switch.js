/**
 * <push-switch key="BASE64URL" worker="/follow/push.js"><form method="post" action="…" hidden>
 *   <input type="hidden" name="endpoint"> … p256dh, auth … <button>…</button>
 * </form></push-switch>
 * is there only where the browser can show news. The browser is asked after a click, never before; then the form takes
 * what it answered to the server.
 */
class PushSwitch extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.hidden = !("PushManager" in window && "serviceWorker" in navigator);
    this.form.addEventListener("submit", this);
  }

  async handleEvent(event) {
    event.preventDefault();
    const said = this.querySelector("[data-refused]");
    try {
      const { endpoint, keys } = (await this.subscribe()).toJSON();
      const { elements } = this.form;
      [elements.endpoint.value, elements.p256dh.value, elements.auth.value] = [endpoint, keys.p256dh, keys.auth];
      this.form.submit();
    } catch {
      said.hidden = false;
    }
  }

  async subscribe() {
    if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
    const registration = await navigator.serviceWorker.register(this.getAttribute("worker"));
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.getAttribute("key") });
  }
}

customElements.define("push-switch", PushSwitch);
