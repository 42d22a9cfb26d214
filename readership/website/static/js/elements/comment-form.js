/**
 * <comment-form><form class="write">…</form></comment-form>
 * keeps a draft in this browser until it is posted, and moves under the comment whose Reply link is followed. Without
 * JavaScript that link opens a page with the same form.
 */
class CommentForm extends HTMLElement {
  connectedCallback() {
    document.addEventListener("click", this);
    if (this.form) return; // Moved under another comment: all below is done already.
    this.form = this.querySelector("form");
    this.text = this.form.elements.text;
    this.draft = `draft ${this.form.getAttribute("action")}`;
    this.form.addEventListener("input", this);
    this.form.addEventListener("submit", this);
    this.querySelector("[data-cancel-reply]").addEventListener("click", () => this.answer(null));
    this.restore();
  }

  disconnectedCallback() {
    document.removeEventListener("click", this);
  }

  handleEvent(event) {
    if (event.type === "input") this.keep();
    else if (event.type === "submit" && event.submitter?.name !== "preview") sessionStorage.setItem(this.draft, "sent");
    else if (event.type === "click") this.follow(event);
  }

  /** A draft goes only when the server has said that it took the comment. */
  restore() {
    const wasSent = sessionStorage.getItem(this.draft), status = document.querySelector(".thread__status");
    sessionStorage.removeItem(this.draft);
    if (wasSent && status?.textContent) localStorage.removeItem(this.draft);
    else this.text.value ||= localStorage.getItem(this.draft) ?? "";
  }

  keep() {
    if (this.text.value) localStorage.setItem(this.draft, this.text.value);
    else localStorage.removeItem(this.draft);
  }

  follow(event) {
    const link = event.target.closest("a[data-reply]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.answer(link);
  }

  answer(link) {
    const line = this.querySelector(".write__answers");
    this.form.elements.parent.value = link?.dataset.reply ?? "";
    line.hidden = !link;
    line.querySelector("[data-answers]").textContent = link?.dataset.name ?? "";
    line.querySelector("[data-cancel-reply]").hidden = !link;
    if (link) link.closest(".actions").after(this);
    else document.querySelector("my-part").before(this);
    this.text.focus();
  }

  /** The beginning of a reply, on lines of its own behind what stands there already. */
  quote(words) {
    const { value } = this.text, gap = value.trim() ? "\n".repeat(2 - /\n{0,2}$/.exec(value)[0].length) : "";
    this.querySelector("write-box").put(`${gap}> ${words}\n\n`, value.length, value.length);
  }
}

customElements.define("comment-form", CommentForm);
