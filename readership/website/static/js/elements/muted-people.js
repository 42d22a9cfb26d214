/**
 * <muted-people data-mute="Mute" data-said="Comment by a muted person." data-show="Show" data-hide="Hide" data-undo="Unmute">
 * </muted-people> at the end of a thread hides what guests of chosen names wrote, in this browser (see muted-list.js).
 * Who has an account mutes on the server instead: then `leaveToAccount()` takes the offers away.
 */
class MutedPeople extends HTMLElement {
  connectedCallback() {
    this.thread = this.closest(".thread");
    // In one's own view the offers of the server stand there already.
    this.hasAccount = Boolean(this.thread.querySelector(".actions__link[href*='/mute/'], .comment__muted"));
    document.addEventListener("muted", this);
    this.watcher = new MutationObserver(() => this.look());
    this.watcher.observe(this.thread, { childList: true, subtree: true });
    this.look();
  }

  disconnectedCallback() {
    this.watcher.disconnect();
    document.removeEventListener("muted", this);
  }

  handleEvent() {
    this.look();
  }

  leaveToAccount() {
    this.hasAccount = true;
    this.look();
  }

  look() {
    const names = new Set(localStorage.getItem("muted")?.split("\n").map(this.key));
    for (const comment of this.thread.querySelectorAll(".comment:not(.comment--held)")) {
      const name = this.guest(comment), isOwn = comment.querySelector(":scope > .actions .vote__button:disabled");
      const line = comment.querySelector(":scope > .muted"), offer = comment.querySelector(":scope > .actions > .muted__offer");
      const isMuted = !isOwn && names.has(this.key(name));
      if (isOwn || this.hasAccount) offer?.remove();
      else if (name && !offer) this.offer(comment, name);
      if (isMuted && !line) this.hide(comment, name);
      if (!isMuted && line) line.remove();
      if (!isMuted) comment.classList.remove("is-muted");
    }
  }

  /** The name of a guest. Nobody else is known by a name alone. */
  guest(comment) {
    return comment.querySelector(":scope > .comment__head:has(.badge--guest) > .comment__name")?.textContent;
  }

  key(name) {
    return name?.normalize("NFKC").toLowerCase();
  }

  offer(comment, name) {
    const button = this.button("actions__link muted__offer", this.dataset.mute, () => {
      this.keep([...this.kept(), name]);
      comment.querySelector(":scope > .muted > button").focus();
    });
    button.setAttribute("aria-describedby", comment.getAttribute("aria-labelledby"));
    comment.querySelector(":scope > .actions")?.append(button);
  }

  hide(comment, name) {
    const line = document.createElement("p");
    const show = this.button("fold", this.dataset.show, () => {
      const isMuted = comment.classList.toggle("is-muted");
      show.ariaExpanded = String(!isMuted);
      show.textContent = isMuted ? this.dataset.show : this.dataset.hide;
    });
    show.ariaExpanded = "false";
    line.className = "muted";
    const undo = this.button("fold", this.dataset.undo, () => this.unmute(comment, name));
    line.append(this.dataset.said, " ", show, " ", undo);
    comment.prepend(line);
    comment.classList.add("is-muted");
  }

  unmute(comment, name) {
    this.keep(this.kept().filter((one) => this.key(one) !== this.key(name)));
    comment.querySelector(":scope > .actions > .muted__offer")?.focus();
  }

  kept() {
    return localStorage.getItem("muted")?.split("\n") ?? [];
  }

  keep(names) {
    if (names.length) localStorage.setItem("muted", names.join("\n"));
    else localStorage.removeItem("muted");
    document.dispatchEvent(new Event("muted"));
  }

  button(className, textContent, onclick) {
    return Object.assign(document.createElement("button"), { type: "button", className, textContent, onclick });
  }
}

customElements.define("muted-people", MutedPeople);
