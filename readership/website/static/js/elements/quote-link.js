/**
 * <quote-link><a href="/discuss/comments/7/reply/?quote=1" data-reply="7">Quote</a></quote-link>
 * puts the words that are selected in its comment, else its first 300 characters, as a quote into the form, which
 * moves under the comment like for any reply. Without JavaScript the link opens a page where they stand already.
 */
const MOST = 300;

class QuoteLink extends HTMLElement {
  connectedCallback() {
    for (const kind of ["pointerdown", "click"]) this.addEventListener(kind, this);
  }

  handleEvent(event) {
    const form = document.querySelector("comment-form");
    // A press on the link takes the selection away before the click comes.
    if (event.type === "pointerdown") return void (this.chosen = this.selected());
    if (!form || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const words = this.cut(this.chosen || this.selected() || this.all());
    this.chosen = "";
    // After the form has moved, which it does when the click reaches the document.
    if (words) setTimeout(() => form.quote(words));
  }

  get comment() {
    return this.closest(".comment").querySelector(".comment__text");
  }

  selected() {
    const selection = getSelection();
    return this.comment.contains(selection.anchorNode) && this.comment.contains(selection.focusNode) ? `${selection}` : "";
  }

  /** What it says itself: not what it quotes, and an ellipsis for a spoiler. */
  all() {
    const copy = this.comment.cloneNode(true);
    for (const part of copy.querySelectorAll("blockquote, details")) part.replaceWith(part.matches("details") ? "…" : "");
    return copy.textContent;
  }

  cut(text) {
    const words = text.replace(/\s+/g, " ").trim();
    return words.length > MOST ? `${words.slice(0, MOST - 1).replace(/ \S*$/, "")}…` : words;
  }
}

customElements.define("quote-link", QuoteLink);
