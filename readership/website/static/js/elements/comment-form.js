/**
 * <comment-form most="5000"><form class="write">…</form></comment-form>
 * counts the characters, keeps a draft in this browser until it is posted, and moves under the comment whose
 * Reply link is followed. Without JavaScript that link opens a page with the same form.
 */
class CommentForm extends HTMLElement {
  connectedCallback() {
    document.addEventListener("click", this);
    if (this.form) return; // Moved under another comment: all below is done already.
    this.form = this.querySelector("form");
    this.text = this.form.elements.text;
    this.draft = `draft ${this.form.getAttribute("action")}`;
    this.hint = this.querySelector("[data-length]");
    this.limit = this.hint.textContent;
    this.form.addEventListener("input", this);
    this.form.addEventListener("submit", this);
    this.querySelector("[data-cancel-reply]").addEventListener("click", () => this.answer(null));
    this.restore();
    this.count();
  }

  disconnectedCallback() {
    document.removeEventListener("click", this);
  }

  handleEvent(event) {
    if (event.type === "input") this.keep();
    else if (event.type === "submit") sessionStorage.setItem(this.draft, "sent");
    else this.follow(event);
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
    this.count();
  }

  count() {
    const most = Number(this.getAttribute("most")), length = [...this.text.value].length;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    this.hint.textContent = length < most * 0.8 ? this.limit : `${number.format(length)} / ${number.format(most)}`;
    this.hint.classList.toggle("is-over", length > most);
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
}

customElements.define("comment-form", CommentForm);
