/**
 * <comment-preview></comment-preview> in <form>… <button name="preview" formaction="…/preview/">Preview</button></form>
 * asks the address of the preview page and shows the part with the preview in place. Without JavaScript, and when the
 * request fails, the button opens that page.
 */
class CommentPreview extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.addEventListener("submit", this);
    this.form.addEventListener("input", this);
  }

  handleEvent(event) {
    if (event.type === "input") document.querySelector(".preview")?.classList.add("is-old");
    else this.ask(event);
  }

  ask(event) {
    const button = event.submitter, request = new XMLHttpRequest();
    if (button?.name !== "preview" || this.hasFailed) return;
    event.preventDefault();
    this.ariaBusy = "true";
    request.open("POST", button.formAction);
    // The browser parses the answer: no string of ours ever becomes HTML.
    request.responseType = "document";
    request.onload = () => this.show(request.response?.querySelector(".preview"), button);
    request.onerror = () => this.show(null, button);
    request.send(new URLSearchParams(new FormData(this.form, button)));
  }

  show(fresh, button) {
    this.ariaBusy = "false";
    this.hasFailed = !fresh;
    if (!fresh) return this.form.requestSubmit(button);
    // On the preview page itself the preview stands above the form.
    const shown = document.querySelector(".preview");
    if (shown) shown.replaceWith(fresh);
    else this.append(fresh);
    fresh.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("comment-preview", CommentPreview);
