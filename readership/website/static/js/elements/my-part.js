/**
 * <my-part thread="7" data-own-vote="your vote"></my-part>
 * makes a page that is the same for everybody personal: marks own votes, offers to change own comments and shows those
 * that wait for a moderator. It asks only when this browser acted before (the readable cookie `acted`).
 */
class MyPart extends HTMLElement {
  connectedCallback() {
    this.ask();
  }

  async ask() {
    if (!document.cookie.includes("acted=1") || location.search.includes("own=1")) return;
    const shown = [...document.querySelectorAll("#comments .comment")].map((comment) => comment.id.slice(8));
    const query = new URLSearchParams({ thread: this.getAttribute("thread"), shown: shown.join(",") });
    const answer = await fetch(`/discuss/mine/?${query}`).catch(() => null);
    if (!answer?.ok) return;
    const mine = await answer.json();
    for (const [id, value] of Object.entries(mine.votes)) this.mark(id, value);
    for (const own of mine.own) this.offer(own);
    if (mine.held_html && !this.childElementCount) this.hold();
  }

  mark(id, value) {
    const button = document.querySelector(`#comment-${CSS.escape(id)} > .actions button[value="${CSS.escape(value)}"]`);
    if (!button || button.value === "0") return;
    button.ariaPressed = "true";
    button.value = "0";
    const words = document.createElement("span");
    words.className = "vote__own";
    words.textContent = this.dataset.ownVote;
    button.form.append(words);
  }

  offer(own) {
    const actions = document.querySelector(`#comment-${CSS.escape(own.id)} > .actions`);
    if (!actions || actions.dataset.own) return;
    actions.dataset.own = "yes";
    for (const button of actions.querySelectorAll("button")) button.disabled = true;
    for (const [address, words] of [[own.edit_url, own.edit_label], [own.withdraw_url, own.withdraw_label]]) {
      if (!address.startsWith("/discuss/")) continue;
      const link = document.createElement("a");
      link.className = "actions__link";
      link.href = address;
      link.textContent = words;
      actions.append(link);
    }
  }

  /** Own held comments stand in the own view of the page; the browser parses it, no string of ours becomes HTML. */
  hold() {
    const request = new XMLHttpRequest();
    request.open("GET", "?own=1");
    request.responseType = "document";
    request.onload = () => this.append(...(request.response?.querySelectorAll(".own-held") ?? []));
    request.send();
  }
}

customElements.define("my-part", MyPart);
