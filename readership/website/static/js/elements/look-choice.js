/**
 * <look-choice data-said="Kept."><form hidden><input type="radio" name="look" value="dark"> … <p role="status"></form></look-choice>
 * keeps what is chosen under the name of its field in this browser's own storage, and shows it at once. The empty value
 * forgets it. look.js reads `look` and `size` on every page, <usual-order> reads `order`.
 */
class LookChoice extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    for (const input of this.form.querySelectorAll("input")) {
      input.checked = input.value === (localStorage.getItem(input.name) ?? "");
    }
    this.form.hidden = false;
    this.addEventListener("change", this);
  }

  handleEvent({ target: { name, value } }) {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
    if (value && name !== "order") document.documentElement.dataset[name] = value;
    else delete document.documentElement.dataset[name];
    this.querySelector("[role=status]").textContent = this.dataset.said;
  }
}

customElements.define("look-choice", LookChoice);
