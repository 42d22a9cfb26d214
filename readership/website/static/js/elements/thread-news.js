/**
 * <thread-news href="/talk/7.json" story="/harbour/ferry/" count="12" data-new='{"one": "# new comment", …}'></thread-news>
 * asks now and then, while somebody looks at the page, whether there are more comments than it shows, and says so in a
 * link; nothing moves by itself. The answer is a few bytes, mostly 304: the browser keeps its ETag.
 */
const SOONEST = 20_000, LATEST = 300_000;

class ThreadNews extends HTMLElement {
  connectedCallback() {
    this.count = Number(this.getAttribute("count"));
    this.line = document.createElement("p");
    this.line.className = "news__line";
    this.line.setAttribute("role", "status");
    this.replaceChildren(this.line);
    this.addEventListener("click", this);
    document.addEventListener("visibilitychange", this);
    this.plan(SOONEST);
    if (history.scrollRestoration === "manual") this.arrive();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this);
    clearTimeout(this.timer);
  }

  handleEvent(event) {
    if (event.type === "click") this.follow(event);
    else this.plan(Math.max(0, this.asked + SOONEST - Date.now()));
  }

  /** `wait` grows while nothing happens; who comes back to the tab is told soon. */
  plan(wait) {
    clearTimeout(this.timer);
    this.asked ??= Date.now();
    this.wait = Math.max(wait, SOONEST);
    if (!document.hidden) this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    this.asked = Date.now();
    const answer = await fetch(this.getAttribute("href"), { cache: "no-cache" }).catch(() => null);
    if (answer?.status === 404 || !this.isConnected) return; // The story is not public any more.
    const news = answer?.ok ? await answer.json().catch(() => null) : null;
    const isNew = news && this.tell(news);
    this.plan(isNew ? SOONEST : Math.min(this.wait * 1.5, LATEST));
  }

  /** Whether there is something to say that was not said before. */
  tell(news) {
    const more = news.count - this.count;
    if (news.newest === this.newest || more < 1) return false;
    this.newest = news.newest;
    const link = document.createElement("a"), story = this.getAttribute("story");
    link.className = "news__link";
    link.href = more === 1 ? `${story}?comment=${news.newest}#comment-${news.newest}` : `${story}?sort=newest#comments`;
    link.textContent = this.words(more);
    this.line.replaceChildren(link);
    document.dispatchEvent(new CustomEvent("thread-news", { detail: link.textContent }));
    return true;
  }

  words(number) {
    const language = document.documentElement.lang, forms = JSON.parse(this.dataset.new);
    const words = forms[new Intl.PluralRules(language).select(number)] ?? forms.other;
    return words.replace("#", new Intl.NumberFormat(language).format(number));
  }

  /** A link to the page that is open would only scroll. */
  follow(event) {
    const link = event.target.closest("a");
    if (link?.pathname !== location.pathname || link.search !== location.search) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    history.scrollRestoration = "manual";
    location.reload();
  }

  /** After a reload the browser would go back to where one was. */
  arrive() {
    this.closest(".thread").scrollIntoView();
    window.addEventListener("pagehide", () => { history.scrollRestoration = "auto"; }, { once: true });
  }
}

customElements.define("thread-news", ThreadNews);
