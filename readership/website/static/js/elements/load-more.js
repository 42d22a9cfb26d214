/**
 * <load-more><a href="/harbour/ferry/?after=…#comments">Show more comments</a></load-more>
 * puts the next page's comments in its place and moves the focus to the first of them. With `part="comment-7"` that
 * comment is swapped for the one with all its replies. Without JavaScript the link just leads on.
 */
class LoadMore extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
  }

  handleEvent(event) {
    const link = event.target.closest("a"), request = new XMLHttpRequest();
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (this.ariaBusy === "true") return;
    this.ariaBusy = "true";
    request.open("GET", link.href);
    // The browser parses the answer: no string of ours ever becomes HTML.
    request.responseType = "document";
    request.onload = () => this.show(request.status === 200 && request.response) || location.assign(link.href);
    request.onerror = () => location.assign(link.href);
    request.send();
  }

  show(page) {
    const part = this.getAttribute("part");
    const first = page && (part ? this.branch(page, part) : this.next(page));
    if (!first) return false;
    first.tabIndex = -1;
    first.focus({ preventScroll: Boolean(part) });
    document.querySelector("my-part")?.ask();
    return true;
  }

  next(page) {
    const comments = [...page.querySelectorAll("#comments > .comment, #comments > load-more")];
    this.replaceWith(...comments);
    return comments.find((comment) => comment.matches(".comment"));
  }

  branch(page, part) {
    const old = document.getElementById(part), fresh = page.getElementById(part);
    if (!fresh) return null;
    const known = new Set([...old.querySelectorAll(".comment")].map((comment) => comment.id));
    const form = old.querySelector("comment-form");
    if (form) document.querySelector("my-part").before(form);
    // A branch by itself does not know where in the thread it stands.
    Object.assign(fresh, { ariaPosInSet: old.ariaPosInSet, ariaSetSize: old.ariaSetSize });
    old.replaceWith(fresh);
    return [...fresh.querySelectorAll(".comment")].find((comment) => !known.has(comment.id)) ?? fresh;
  }
}

customElements.define("load-more", LoadMore);
