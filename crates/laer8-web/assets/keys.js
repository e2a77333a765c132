// The keyboard, for those who live here: everything works without it.

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

/** Closes the open menu, and gives the focus back to what opened it. */
const close = (menu) => {
  if (menu === null) return;
  if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  menu.open = false;
};

/** Opens the menu that a key stands for, and goes to the first thing in it. */
const show = (key) => {
  const menu = document.querySelector(`details[data-key="${key}"]`);
  if (menu === null) return;
  menu.open = true;
  menu.querySelector(".panel a, .panel input")?.focus();
};

document.addEventListener("click", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (menu !== null && !menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close(document.querySelector("details.menu[open]"));
  const search = document.querySelector("#search");
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    search?.focus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = { "/": () => search?.focus(), f: () => show("f"), j: () => move(1), k: () => move(-1) }[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

// Choices that take effect at once where there is a script, and by the button where there is none.
document.addEventListener("change", (event) => event.target.closest("form[data-at-once]")?.requestSubmit());
