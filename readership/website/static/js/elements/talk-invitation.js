/**
 * <talk-invitation thread="7" data-dismiss="No, thanks"><p class="invitation"><a class="invitation__link" href="#write">
 * Would love your thoughts, please comment. …</a></p></talk-invitation>
 * is a line at the end of the story that floats beside it while somebody reads: from below the headline to that line.
 * Never again for who dismissed it, not here for who wrote here, and never over what has the focus.
 */
class TalkInvitation extends HTMLElement {
  connectedCallback() {
    const wrote = `wrote ${this.getAttribute("thread")}`;
    if (location.search.includes("own=1")) sessionStorage.setItem(wrote, "yes");
    this.hidden = Boolean(localStorage.getItem("invitation") ?? sessionStorage.getItem(wrote));
    if (this.hidden) return;
    this.box = this.querySelector(".invitation");
    this.link = this.querySelector("a");
    this.near = new Map();
    this.news ??= this.made("span", "invitation__news", this.link);
    this.button ??= this.made("button", "invitation__dismiss", this.box);
    this.button.type = "button";
    this.button.ariaLabel = this.dataset.dismiss;
    this.button.textContent = "×";
    this.box.addEventListener("click", this);
    for (const name of ["thread-news", "focusin"]) document.addEventListener(name, this);
    // Everything above the window counts as seen: who jumps past the end of the story is not called back.
    this.sights = [this.watch(document.querySelector(".story > header"), "0px"), this.watch(this, "99999px 0px 0px")];
  }

  disconnectedCallback() {
    for (const sight of this.sights ?? []) sight.disconnect();
    for (const name of ["thread-news", "focusin"]) document.removeEventListener(name, this);
  }

  handleEvent(event) {
    if (event.type === "thread-news") this.news.textContent = event.detail;
    else if (event.type === "focusin") this.box.classList.toggle("is-away", this.covers(event.target));
    else if (event.target === this.button) this.dismiss();
    else this.follow(event);
  }

  watch(place, rootMargin) {
    const sight = new IntersectionObserver((seen) => {
      this.near.set(place, seen.at(-1).isIntersecting);
      this.classList.toggle("is-floating", ![...this.near.values()].includes(true));
    }, { rootMargin });
    sight.observe(place);
    return sight;
  }

  covers(focused) {
    if (this.contains(focused)) return false;
    const own = this.box.getBoundingClientRect(), other = focused.getBoundingClientRect();
    return own.top < other.bottom && own.bottom > other.top && own.left < other.right && own.right > other.left;
  }

  dismiss() {
    localStorage.setItem("invitation", "no");
    this.hidden = true;
    // The way by keyboard goes on with the story, not from the top of the page.
    document.querySelector("#main")?.focus({ preventScroll: true });
  }

  follow(event) {
    const form = document.querySelector(this.link.hash);
    if (!form || !event.target.closest("a") || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    form.scrollIntoView();
    form.elements.text.focus({ preventScroll: true });
  }

  made(tag, name, place) {
    const element = document.createElement(tag);
    element.className = name;
    place.append(element);
    return element;
  }
}

customElements.define("talk-invitation", TalkInvitation);
