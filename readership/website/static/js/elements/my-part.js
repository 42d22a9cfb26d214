/**
 * <my-part thread="7" href="/discuss/mine/" data-own-vote="your vote"></my-part>
 * makes a page that is the same for everybody personal: marks own votes, offers to change own comments, to mute others
 * and to moderate, folds away the muted, says whose account it is, and shows own comments that wait for a moderator. It asks only when this
 * browser acted before (the readable cookie `acted`).
 */
class MyPart extends HTMLElement {
  connectedCallback() {
    this.ask();
  }

  async ask() {
    if (!document.cookie.includes("acted=1") || location.search.includes("own=1")) return;
    const shown = [...document.querySelectorAll("#comments .comment")].map((comment) => comment.id.slice(8));
    const query = new URLSearchParams({ thread: this.getAttribute("thread"), shown: shown.join(",") });
    const answer = await fetch(`${this.getAttribute("href")}?${query}`).catch(() => null);
    if (!answer?.ok) return;
    const mine = await answer.json();
    for (const [id, value] of Object.entries(mine.votes)) this.mark(id, value);
    for (const own of mine.own) this.offer(own);
    for (const id of shown) this.equip(id, mine);
    if (mine.mute_label) document.querySelector("muted-people")?.leaveToAccount();
    if (mine.account_label) document.querySelector("[data-sign-in]").textContent = mine.account_label;
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
    this.link(actions, own.edit_url, own.edit_label);
    this.link(actions, own.withdraw_url, own.withdraw_label);
  }

  /** What only readers with an account have, and only moderators. */
  equip(id, mine) {
    const comment = document.getElementById(`comment-${id}`), actions = comment?.querySelector(":scope > .actions");
    if (!actions || actions.dataset.equipped) return;
    actions.dataset.equipped = "yes";
    const talk = this.getAttribute("href").replace(/mine\/$/, "");
    const isMuted = mine.muted.includes(Number(id));
    if (isMuted) this.fold(comment.querySelector(":scope > .comment__text"));
    if (mine.mute_label && !isMuted && !actions.dataset.own) this.link(actions, `${talk}comments/${id}/mute/`, mine.mute_label);
    if (mine.tools_label) this.link(actions, `${talk}comments/${id}/tools/`, mine.tools_label);
  }

  fold(text) {
    const fold = document.createElement("details"), summary = document.createElement("summary");
    fold.className = "comment__muted";
    summary.textContent = this.dataset.muted;
    text.replaceWith(fold);
    fold.append(summary, text);
  }

  link(actions, address, words) {
    if (!/^(\/[a-z]{2})?\/discuss\//.test(address)) return;
    const link = document.createElement("a");
    link.className = "actions__link";
    link.href = address;
    link.textContent = words;
    link.setAttribute("aria-describedby", actions.closest(".comment").getAttribute("aria-labelledby") ?? "");
    actions.append(link);
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
