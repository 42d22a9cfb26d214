/**
 * <picture-field most="8388608" data-too-large="This file is too large. …"><input type="file" name="picture"></picture-field>
 * says at once when a file is too large to be sent, and lets go of it. Without JavaScript the server says so.
 */
class PictureField extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this);
  }

  handleEvent() {
    const input = this.querySelector("input"), [file] = input.files;
    const isTooLarge = file !== undefined && file.size > Number(this.getAttribute("most"));
    this.line ??= this.appendChild(this.made());
    this.line.textContent = isTooLarge ? this.dataset.tooLarge : "";
    input.ariaInvalid = String(isTooLarge);
    if (isTooLarge) input.value = "";
    else this.querySelector("#write-picture-error")?.remove();
  }

  made() {
    const line = document.createElement("p");
    line.className = "write__error";
    line.setAttribute("role", "alert");
    return line;
  }
}

customElements.define("picture-field", PictureField);
