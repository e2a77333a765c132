// A preview that follows what is typed. Without a script, the button does it.
"use strict";

const WAIT = 250;

/** Takes what the server drew anew; fields keep the cursor, as they are no part of it. */
const take = (html) => {
  const drawn = new DOMParser().parseFromString(html, "text/html");
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = drawn.getElementById(old.id);
    if (fresh === null || fresh.innerHTML === old.innerHTML) continue;
    const open = [...old.querySelectorAll("details")].map((it) => it.open);
    old.replaceChildren(...fresh.childNodes);
    old.querySelectorAll("details").forEach((it, at) => { it.open = open[at] ?? it.open; });
  }
  for (const field of document.querySelectorAll("form[data-preview] [name]")) {
    const fresh = drawn.querySelector(`[name="${CSS.escape(field.name)}"]`);
    if (fresh?.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
};

for (const form of document.querySelectorAll("form[data-preview]")) {
  const panel = form.querySelector("#preview");
  let timer, running;
  form.classList.add("live");

  const preview = async () => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "preview");
    panel.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal });
      if (!answer.ok) return;
      const html = await answer.text();
      if (!signal.aborted) take(html);
    } catch (error) {
      if (error.name !== "AbortError") form.classList.remove("live"); // the button is there again
    } finally {
      if (!signal.aborted) panel.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(preview, WAIT);
  });
}
