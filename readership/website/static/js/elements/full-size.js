/**
 * <full-size data-label="Picture" data-close="Close"><a href="/media/pier.webp"><img alt="A pier" …></a></full-size>
 * opens the whole picture over the page, with its caption; Escape, the button or a click closes it and the focus
 * returns. Without JavaScript the link opens the picture itself.
 */
class FullSize extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
  }

  handleEvent(event) {
    const link = event.target.closest("a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const small = link.querySelector("img"), dialog = document.createElement("dialog");
    const close = this.made("button", "button viewer__close", this.dataset.close);
    const picture = this.made("img", "viewer__picture", "");
    const caption = this.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
    dialog.className = "viewer";
    dialog.ariaLabel = this.dataset.label;
    picture.src = link.href;
    picture.alt = small.alt;
    dialog.append(close, picture, this.made("p", "viewer__caption", caption));
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  }

  made(tag, name, words) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = words;
    return element;
  }
}

customElements.define("full-size", FullSize);
