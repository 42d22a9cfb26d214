/**
 * <write-box most="5000"><textarea name="text"></textarea> <span data-length>Up to 5,000 characters.</span></write-box>
 * says how much is written once little room is left, and gives the tools around the box one way to write into it.
 */
class WriteBox extends HTMLElement {
  connectedCallback() {
    if (this.text) return; // Moved with its form.
    this.text = this.querySelector("textarea");
    this.hint = this.querySelector("[data-length]");
    this.limit = this.hint.textContent;
    this.text.addEventListener("input", this);
    this.count();
  }

  handleEvent() {
    this.count();
  }

  count() {
    const most = Number(this.getAttribute("most")), length = [...this.text.value].length;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    this.hint.textContent = length < most * 0.8 ? this.limit : `${number.format(length)} / ${number.format(most)}`;
    this.hint.classList.toggle("is-over", length > most);
  }

  /** Put `words` in place of what stands between two places, as if typed: the browser's own undo takes it back. */
  put(words, from, to) {
    this.text.focus();
    this.text.setSelectionRange(from, to);
    if (words === this.text.value.slice(from, to)) return;
    if (document.execCommand(words ? "insertText" : "delete", false, words)) return;
    this.text.setRangeText(words, from, to, "end");
    this.text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

customElements.define("write-box", WriteBox);
