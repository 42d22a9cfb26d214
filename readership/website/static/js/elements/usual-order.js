/**
 * <usual-order><nav><a data-order="oldest" href="…?sort=oldest#comments">Oldest</a> …</nav></usual-order>
 * puts the comments into the order this reader chose for all threads (`order` in this browser's own storage), unless the
 * address already asks for something. Without JavaScript, and without a choice, they stand as the newsroom chose.
 */
class UsualOrder extends HTMLElement {
  connectedCallback() {
    const order = localStorage.getItem("order"), request = new XMLHttpRequest();
    const link = [...this.querySelectorAll("a")].find((one) => one.dataset.order === order);
    if (!link || link.ariaCurrent || location.search || location.hash.startsWith("#comment-")) return;
    request.open("GET", link.href);
    // The browser parses the answer: no string of ours ever becomes HTML.
    request.responseType = "document";
    request.onload = () => this.show(request.status === 200 && request.response);
    request.send();
  }

  show(page) {
    const thread = page && page.getElementById("comments"), old = this.closest("#comments");
    // Whoever began to write meanwhile keeps what they see.
    if (thread && old && !old.contains(document.activeElement)) old.replaceWith(thread);
  }
}

customElements.define("usual-order", UsualOrder);
