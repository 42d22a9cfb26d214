/**
 * <name-list id="write-names" role="listbox" hidden></name-list> in <write-box><textarea name="text"></textarea></write-box>
 * offers the names of those who speak on this page once @ is typed: arrows and Enter, or a finger, choose one, Escape
 * closes. The focus stays in the text. Without JavaScript a name is typed like any other word.
 */
const BEGUN = /(?:^|[^\p{L}\p{N}@/_.+=&?#%-])@([^\n@]{0,60})$/u, MOST = 6;

class NameList extends HTMLElement {
  connectedCallback() {
    this.box = this.closest("write-box");
    this.text = this.box.querySelector("textarea");
    for (const kind of ["input", "keydown", "blur", "click"]) this.text.addEventListener(kind, this);
    for (const kind of ["mousedown", "click"]) this.addEventListener(kind, this);
    this.text.setAttribute("aria-autocomplete", "list");
    this.text.setAttribute("aria-haspopup", "listbox");
    this.text.setAttribute("aria-controls", this.id);
  }

  handleEvent(event) {
    const option = event.target.closest("[role=option]");
    if (event.type === "mousedown") event.preventDefault(); // Else the text loses the focus.
    else if (option) this.choose(option);
    else if (event.type === "input") this.offer();
    else if (event.type !== "keydown") this.close();
    else if (!this.hidden && !event.isComposing) this.press(event);
  }

  offer() {
    const { value, selectionStart: caret } = this.text;
    const typed = BEGUN.exec(value.slice(Math.max(0, caret - 64), caret))?.[1];
    const names = typed === undefined ? [] : this.names(typed.toLowerCase());
    if (!names.length || names[0].toLowerCase() === typed.toLowerCase()) return this.close();
    this.start = caret - typed.length;
    this.replaceChildren(...names.map((name, place) => this.made(name, place)));
    this.hidden = false;
    this.go(0);
  }

  /** Whose name, or a later word of it, begins with what was typed: first the one that is answered. */
  names(typed) {
    const found = document.querySelectorAll(".write__answers:not([hidden]) [data-answers], .comment__name");
    const names = new Set([...found].map((name) => name.textContent.trim()));
    return [...names].filter((name) => name && ` ${name.toLowerCase()}`.includes(` ${typed}`)).slice(0, MOST);
  }

  made(name, place) {
    const option = document.createElement("div");
    option.className = "name-list__name";
    option.id = `${this.id}-${place}`;
    option.dir = "auto";
    option.setAttribute("role", "option");
    option.textContent = name;
    return option;
  }

  press(event) {
    const { key } = event, step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) this.go((this.place + step + this.children.length) % this.children.length);
    else if (key === "Enter" || key === "Tab") this.choose(this.children[this.place]);
    else if (key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  go(place) {
    this.place = place;
    for (const option of this.children) option.ariaSelected = String(option === this.children[place]);
    this.text.setAttribute("aria-activedescendant", this.children[place].id);
  }

  choose(option) {
    this.box.put(`${option.textContent} `, this.start, this.text.selectionStart);
    this.close();
  }

  close() {
    this.hidden = true;
    this.replaceChildren();
    this.text.removeAttribute("aria-activedescendant");
  }
}

customElements.define("name-list", NameList);
