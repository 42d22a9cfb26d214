/**
 * <relative-time><time datetime="2026-02-03T10:00:00Z">Feb. 3, 2026, 10 a.m.</time></relative-time>
 * says "5 minutes ago" for a week, right also in a page that was kept; the full date stays as its title.
 */
class RelativeTime extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time"), seconds = (Date.now() - new Date(time.dateTime)) / 1000;
    const steps = [["minute", 60, 3600], ["hour", 3600, 86400], ["day", 86400, 604800]];
    const step = steps.find(([, , end]) => seconds < end);
    if (!step || seconds < -60 || time.title) return;
    const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    time.title = time.textContent;
    time.textContent = seconds < 60 ? format.format(0, "second") : format.format(-Math.floor(seconds / step[1]), step[0]);
  }
}

customElements.define("relative-time", RelativeTime);
