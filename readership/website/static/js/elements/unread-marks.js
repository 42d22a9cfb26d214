/**
 * <unread-marks thread="7" data-new="new" data-next="Next new comment" data-why="Written since your last visit. …">
 * </unread-marks> at the top of a thread marks what was written since this browser was here last, and leads from one
 * such comment to the next: by a button that goes along, or by the key N while the focus is in the thread. The first
 * visit marks nothing.
 */
const VISIT = 1_800_000; // Who comes back within half an hour, or only chooses another order, is still on the same visit.

class UnreadMarks extends HTMLElement {
  connectedCallback() {
    this.thread = this.closest(".thread");
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "fold unread__next";
    this.button.title = this.dataset.why;
    this.button.setAttribute("aria-keyshortcuts", "n");
    this.button.addEventListener("click", this);
    this.thread.addEventListener("keydown", this);
    this.since = this.visit();
    this.choose(this.thread.querySelector(".thread__filters a[href*='filter=new#']"));
    this.count = 0;
    this.watcher = new MutationObserver(() => this.look());
    this.watcher.observe(this.thread, { childList: true, subtree: true });
    this.look();
  }

  disconnectedCallback() {
    this.watcher.disconnect();
    this.thread.removeEventListener("keydown", this);
  }

  /** From when on comments are new. Not before the newest one shown, should the clock of this machine be slow. */
  visit() {
    const key = `seen ${this.getAttribute("thread")}`, last = Number(localStorage.getItem(key));
    const now = Math.max(Date.now(), ...[...this.thread.querySelectorAll(".comment time")].map((time) => Date.parse(time.dateTime)));
    let since = Number(sessionStorage.getItem(key));
    if (!since || now - last > VISIT) since = last || now;
    sessionStorage.setItem(key, since);
    localStorage.setItem(key, now);
    return since;
  }

  /** The choice of new comments goes back as far as the marks do; in whole hours, so that readers share pages. */
  choose(link) {
    if (link) link.href = link.href.replace("filter=new#", `filter=new&since=${Math.floor(this.since / 3_600_000)}#`);
  }

  look() {
    for (const head of this.thread.querySelectorAll(".comment > .comment__head")) {
      const mark = head.querySelector(".unread__mark"), comment = head.parentElement;
      const isOwn = comment.matches(".comment--held, :has(> .actions .vote__button:disabled)");
      const isNew = !isOwn && Date.parse(head.querySelector("time").dateTime) > this.since;
      comment.classList.toggle("is-new", isNew);
      if (isNew && !mark) head.append(this.mark());
      else if (!isNew) mark?.remove();
    }
    this.offer(this.unread().length);
  }

  mark() {
    const mark = document.createElement("span");
    mark.className = "unread__mark";
    mark.textContent = this.dataset.new;
    return mark;
  }

  unread() {
    return [...this.thread.querySelectorAll(".comment.is-new:not(.is-muted)")];
  }

  offer(count) {
    const number = new Intl.NumberFormat(document.documentElement.lang).format(count);
    if (count !== this.count) this.button.textContent = `${this.dataset.next} (${number})`;
    this.count = count;
    if (!count) this.button.remove();
    else if (!this.button.isConnected || this.button.closest(".is-muted")) this.append(this.button);
  }

  handleEvent(event) {
    const isKey = event.key?.toLowerCase() === "n" && !(event.ctrlKey || event.metaKey || event.altKey);
    const isTyped = event.target.matches("input, textarea, select, [contenteditable]");
    if (event.type === "click" || (isKey && !isTyped)) this.next();
  }

  next() {
    const unread = this.unread(), here = document.activeElement.closest(".comment") ?? this.here ?? this.thread.firstChild;
    const next = unread.find((one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) ?? unread[0];
    if (!next) return;
    this.here = next;
    document.querySelector("talk-folds")?.reveal(next);
    // Under what one reads now, and never over it.
    next.querySelector(":scope > .actions").append(this.button);
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView();
  }
}

customElements.define("unread-marks", UnreadMarks);
