// The keyboard, for those who live here: everything works without it.

const typing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

/** Moves the mark in the page's work list by one row. */
const move = (step) => {
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")];
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(current + step, 0), rows.length - 1)];
  next?.querySelector("a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
};

/** Closes the open menu, and gives the focus back to what opened it. */
const close = (menu) => {
  if (menu?.contains(document.activeElement)) menu.querySelector("summary").focus();
  menu?.removeAttribute("open");
};

/** Opens the menu that a key stands for, and goes to the first thing in it. */
const show = (menu) => {
  menu?.setAttribute("open", "");
  menu?.querySelector(".panel a, .panel input")?.focus();
};

const open = () => document.querySelector("details.menu[open]");
const search = () => document.getElementById("search")?.focus();

document.addEventListener("click", ({ target }) => !open()?.contains(target) && open()?.removeAttribute("open"));

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const held = event.ctrlKey || event.metaKey;
  if (key === "Escape") close(open());
  const keys = {
    "/": search,
    f: () => show(document.querySelector('details[data-key="f"]')),
    j: () => move(1),
    k: () => move(-1),
  };
  const act = held && key === "k" ? search : !held && !event.altKey && !typing(target) && keys[key];
  if (!act) return;
  event.preventDefault();
  act();
});
