/**
 * <format-bar role="toolbar" hidden><button type="button" data-around="**" data-key="b">Bold</button>
 * <button type="button" data-before="- ">List</button> <button type="button" data-link>Link</button></format-bar>
 * writes Markdown around what is selected in its <write-box>, and takes it away again. Arrow keys move between the
 * buttons. Without JavaScript it is not shown: the marks can be typed.
 */
class FormatBar extends HTMLElement {
  connectedCallback() {
    this.box = this.closest("write-box");
    this.buttons = [...this.querySelectorAll("button")];
    this.text = this.box.querySelector("textarea");
    for (const [place, button] of this.buttons.entries()) button.tabIndex = place ? -1 : 0;
    for (const kind of ["click", "keydown"]) this.addEventListener(kind, this);
    this.text.addEventListener("keydown", this);
    this.hidden = false;
  }

  handleEvent(event) {
    const button = event.target.closest("button");
    if (event.type === "click") {
      if (button) this.apply(button);
    } else if (button) this.walk(event, this.buttons.indexOf(button));
    else if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) this.press(event);
  }

  walk(event, place) {
    const ahead = getComputedStyle(this).direction === "rtl" ? -1 : 1, last = this.buttons.length - 1;
    const next = { ArrowRight: place + ahead, ArrowLeft: place - ahead, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    for (const button of this.buttons) button.tabIndex = -1;
    const button = this.buttons.at(next > last ? 0 : next);
    button.tabIndex = 0;
    button.focus();
  }

  press(event) {
    const button = this.buttons.find((one) => one.dataset.key === event.key.toLowerCase());
    if (!button) return;
    event.preventDefault();
    this.apply(button);
  }

  apply({ dataset: { around, before, link } }) {
    const { value } = this.text, chosen = value.slice(this.text.selectionStart, this.text.selectionEnd);
    // Spaces at the ends stay outside: `** a **` is not bold.
    const from = this.text.selectionStart + (chosen.trim() ? chosen.length - chosen.trimStart().length : 0);
    const to = from + (chosen.trim() || chosen).length;
    if (link !== undefined) this.link(value.slice(from, to), from, to);
    else if (before) this.lines(before, from, to);
    else if (around === "`" && value.slice(from, to).includes("\n")) this.box.put(`\`\`\`\n${value.slice(from, to)}\n\`\`\``, from, to);
    else this.around(around, from, to);
  }

  around(mark, from, to) {
    const { value } = this.text, words = value.slice(from, to), { length } = mark;
    let outside = 0;
    while (value[from - 1 - outside] === mark[0] && value[to + outside] === mark[0]) outside += 1;
    // Three stars are bold and italic: one star alone goes only when there is an odd one.
    const isOn = mark === "*" ? outside % 2 === 1 : outside >= length;
    if (isOn) this.box.put(words, from - length, to + length);
    else this.box.put(`${mark}${words}${mark}`, from, to);
    const start = isOn ? from - length : from + length;
    this.text.setSelectionRange(start, start + words.length);
  }

  lines(mark, from, to) {
    const { value } = this.text, start = value.lastIndexOf("\n", from - 1) + 1;
    const end = value.indexOf("\n", to) < 0 ? value.length : value.indexOf("\n", to);
    const lines = value.slice(start, end).split("\n"), isOn = lines.every((line) => line.startsWith(mark));
    const changed = lines.map((line) => (isOn ? line.slice(mark.length) : mark + line)).join("\n");
    // What follows a quote belongs to it, unless a line is left empty.
    const gap = !isOn && mark === "> " && to > from && end === value.length ? "\n\n" : "";
    this.box.put(changed + gap, start, end);
  }

  link(words, from, to) {
    const isAddress = /^https?:\/\/\S+$/.test(words), address = isAddress ? words : "https://";
    const shown = isAddress ? "" : words, start = from + (shown ? shown.length + 3 : 1);
    this.box.put(`[${shown}](${address})`, from, to);
    this.text.setSelectionRange(start, start + (shown ? address.length : 0));
  }
}

customElements.define("format-bar", FormatBar);
