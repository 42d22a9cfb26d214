/**
 * <swap-form part="comment-7"><form method="post" action="/discuss/comments/7/vote/">…</form></swap-form>
 * sends the form without leaving the page and swaps itself for the fresh one of #comment-7 in the answer, which is the
 * ordinary page. What a reader opened below stays. Without JavaScript the form just posts.
 */
class SwapForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this);
  }

  handleEvent(event) {
    event.preventDefault();
    const form = event.target, button = event.submitter, request = new XMLHttpRequest();
    request.open("POST", form.action);
    // The browser parses the answer: no string of ours ever becomes HTML.
    request.responseType = "document";
    request.onload = () => this.swap(request, [...form.elements].indexOf(button));
    request.onerror = () => {
      this.removeEventListener("submit", this);
      form.requestSubmit(button);
    };
    request.send(new URLSearchParams(new FormData(form, button)));
  }

  swap(request, place) {
    const part = this.getAttribute("part");
    const fresh = request.status < 400 && request.response?.querySelector(`#${part} swap-form[part="${part}"]`);
    if (!fresh) return this.say(request.response?.querySelector("#message")?.textContent, request.responseURL);
    this.replaceWith(fresh);
    fresh.querySelectorAll("button")[place]?.focus();
  }

  /** A refusal stands beside the buttons that it is about. */
  say(sentence, address) {
    if (!sentence) return location.assign(address);
    let line = this.nextElementSibling;
    if (!line?.matches("[role=alert]")) {
      line = document.createElement("p");
      line.className = "actions__refusal";
      line.setAttribute("role", "alert");
      this.after(line);
    }
    line.textContent = sentence;
  }
}

customElements.define("swap-form", SwapForm);
