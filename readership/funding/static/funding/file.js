// While a large file is read: the bar moves by itself, and the page goes on when it is done.
const EVERY = 1500;

async function look() {
  const answer = await fetch(location.href, { redirect: "manual" });
  if (answer.type === "opaqueredirect") return location.reload();
  if (!answer.ok) return later();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-file-progress]");
  if (!fresh) return location.reload();
  document.querySelector("[data-file-progress]").replaceChildren(...fresh.childNodes);
  later();
}

const later = () => setTimeout(() => look().catch(later), EVERY);
later();
