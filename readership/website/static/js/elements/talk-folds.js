/**
 * <talk-folds data-hide='{"one": "Hide # reply", …}' data-show='{…}' data-whole="Show all" data-less="Show less"></talk-folds>
 * lets a reader hide the replies below a comment, and shows only the beginning of very long comments. What an address, a
 * search in the page or the focus leads to is never hidden. Without JavaScript everything is shown.
 */
const LONG = 560; // pixels; folded it is 360, so that a fold always hides more than a few lines

class TalkFolds extends HTMLElement {
  connectedCallback() {
    this.thread = this.closest(".thread");
    this.known = new WeakSet();
    window.addEventListener("hashchange", this);
    this.watcher = new MutationObserver(() => this.look());
    this.watcher.observe(this.thread, { childList: true, subtree: true });
    this.look();
  }

  disconnectedCallback() {
    this.watcher.disconnect();
    window.removeEventListener("hashchange", this);
  }

  handleEvent() {
    const place = document.getElementById(location.hash.slice(1));
    if (!this.thread.contains(place)) return;
    this.reveal(place);
    place.scrollIntoView();
  }

  look() {
    const comments = [...this.thread.querySelectorAll(".comment")].filter((comment) => !this.known.has(comment));
    // Folded above it, other comments would move the one that somebody was sent to.
    const mayFold = !this.thread.querySelector(".comment:target");
    // All heights are read before anything changes: the browser then works them out once.
    const long = comments.map((comment) => comment.querySelector(":scope > .comment__text")).filter((text) => mayFold && text?.scrollHeight > LONG);
    for (const comment of comments) this.known.add(comment);
    for (const comment of comments) this.offer(comment, comment.querySelector(":scope > .replies"));
    for (const text of long) this.fold(text);
  }

  offer(comment, replies) {
    const place = comment.querySelector(":scope > :is(.comment__head, .comment__gone)");
    if (!replies || !place) return;
    const button = this.made("fold", place), more = replies.querySelector("load-more[data-count]");
    const count = replies.querySelectorAll(".comment").length + Number(more?.dataset.count ?? 0);
    const show = (isShown) => {
      // A search in the page finds what is hidden this way, and opens it.
      if (isShown) replies.removeAttribute("hidden");
      else replies.setAttribute("hidden", "until-found");
      button.ariaExpanded = String(isShown);
      button.ariaLabel = this.words(isShown ? "hide" : "show", count);
      button.textContent = isShown ? "−" : button.ariaLabel;
    };
    button.addEventListener("click", () => show(replies.hidden));
    replies.addEventListener("beforematch", () => show(true));
    replies.addEventListener("reveal", () => show(true));
    show(true);
  }

  fold(text) {
    const button = this.made("fold fold--text", text);
    text.after(button);
    const show = (isWhole) => {
      text.classList.toggle("is-folded", !isWhole);
      button.ariaExpanded = String(isWhole);
      button.textContent = isWhole ? this.dataset.less : this.dataset.whole;
    };
    button.addEventListener("click", () => show(!text.matches(".is-folded") ? false : true));
    // The focus or a search in the page scrolls to words that are cut off.
    for (const name of ["focusin", "scroll", "reveal"]) text.addEventListener(name, () => text.matches(".is-folded") && show(true));
    show(false);
  }

  /** Open whatever hides `place`. */
  reveal(place) {
    for (const replies of this.thread.querySelectorAll(".replies[hidden]")) {
      if (replies.contains(place)) replies.dispatchEvent(new Event("reveal"));
    }
    place.querySelector(":scope > .is-folded")?.dispatchEvent(new Event("reveal"));
  }

  made(name, place) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = name;
    return place.appendChild(button);
  }

  words(name, number) {
    const language = document.documentElement.lang, forms = JSON.parse(this.dataset[name]);
    const words = forms[new Intl.PluralRules(language).select(number)] ?? forms.other;
    return words.replace("#", new Intl.NumberFormat(language).format(number));
  }
}

customElements.define("talk-folds", TalkFolds);
