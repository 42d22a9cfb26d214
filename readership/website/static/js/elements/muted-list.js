/**
 * <muted-list data-undo="Unmute" data-muted='{"one": "# person muted: manage", …}'></muted-list>
 * lists the names that are muted in this browser (one a line in `muted` of its own storage) and takes each back.
 */
class MutedList extends HTMLElement {
  connectedCallback() {
    document.addEventListener("muted", this);
    this.show();
  }

  disconnectedCallback() {
    document.removeEventListener("muted", this);
  }

  handleEvent() {
    this.show();
  }

  show() {
    const names = localStorage.getItem("muted")?.split("\n") ?? [];
    const details = document.createElement("details"), summary = document.createElement("summary");
    const list = document.createElement("ul");
    details.className = "muted__list";
    details.open = Boolean(this.querySelector("[open]"));
    summary.textContent = this.words(names.length);
    list.append(...names.map((name) => this.item(name, names)));
    details.append(summary, list);
    this.replaceChildren(...(names.length ? [details] : []));
  }

  item(name, names) {
    const item = document.createElement("li"), said = document.createElement("bdi"), button = document.createElement("button");
    said.textContent = name;
    button.type = "button";
    button.className = "fold";
    button.textContent = this.dataset.undo;
    button.addEventListener("click", () => this.unmute(names.filter((one) => one !== name)));
    item.append(said, " ", button);
    return item;
  }

  unmute(names) {
    if (names.length) localStorage.setItem("muted", names.join("\n"));
    else localStorage.removeItem("muted");
    document.dispatchEvent(new Event("muted"));
    const place = this.querySelector("summary") ?? this;
    this.tabIndex = -1;
    place.focus();
  }

  words(number) {
    const language = document.documentElement.lang, forms = JSON.parse(this.dataset.muted);
    const words = forms[new Intl.PluralRules(language).select(number)] ?? forms.other;
    return words.replace("#", new Intl.NumberFormat(language).format(number));
  }
}

customElements.define("muted-list", MutedList);
