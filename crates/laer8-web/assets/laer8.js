// The keyboard, for those who live here: everything works without it.
"use strict";

const typing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

/** Moves the mark in the page's work list by one row. */
const move = (step) => {
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")];
  if (rows.length === 0) return;
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(current + step, 0), rows.length - 1)];
  next.querySelector("a")?.focus();
  next.scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  const search = document.querySelector("#search");
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    search?.focus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = { "/": () => search?.focus(), j: () => move(1), k: () => move(-1) }[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

// Choices that take effect at once where there is a script, and by the button where there is none.
for (const form of document.querySelectorAll("form[data-at-once]")) {
  form.classList.add("at-once");
  form.addEventListener("change", () => form.requestSubmit());
}
