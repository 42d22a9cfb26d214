/**
 * <proof-of-work data-challenge="…" data-salt="…" data-signature="…" data-most="60000">
 *   <input type="hidden" name="proof" value="…"><p role="status" data-working="One moment …">Please wait 20 seconds …</p>
 * </proof-of-work>
 * finds the number that gives the challenge's hash, puts it into the form and sends it. Without JavaScript the hidden
 * value is worth something after the seconds that the sentence names.
 */
class ProofOfWork extends HTMLElement {
  async connectedCallback() {
    if (!globalThis.crypto?.subtle) return; // An insecure page: the sentence about waiting stands.
    const status = this.querySelector("[role=status]");
    status.textContent = status.dataset.working;
    const number = await this.find();
    if (number === null || !this.isConnected) return;
    const { challenge, salt, signature } = this.dataset;
    this.querySelector("input").value = JSON.stringify({ algorithm: "SHA-256", challenge, number, salt, signature });
    this.closest("form").requestSubmit();
  }

  async find() {
    const encoder = new TextEncoder(), wanted = this.dataset.challenge, batch = 500;
    for (let first = 0; first <= Number(this.dataset.most); first += batch) {
      if (!this.isConnected) return null;
      const numbers = Array.from({ length: batch }, (_, index) => first + index);
      const hashes = await Promise.all(
        numbers.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(this.dataset.salt + number))),
      );
      const found = hashes.findIndex((hash) => hex(hash) === wanted);
      if (found >= 0) return numbers[found];
    }
    return null;
  }
}

function hex(hash) {
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

customElements.define("proof-of-work", ProofOfWork);
