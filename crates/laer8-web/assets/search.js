// The search in the top bar: what it finds is offered while somebody types. The list comes from the
// server; this opens it, and moves in it by keyboard.

const field = () => document.getElementById("search");
const list = () => document.getElementById("found");
const options = () => [...list().querySelectorAll('[role="option"]')];
const chosen = () => list().querySelector('[aria-selected="true"]');

const choose = (option) => {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field().setAttribute("aria-activedescendant", option.id);
  else field().removeAttribute("aria-activedescendant");
};

const show = (isOpen) => {
  list().hidden = !isOpen;
  field().setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) choose(null);
};

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.target === list()) show(options().length > 0 && document.activeElement === field());
});

document.addEventListener("focusin", ({ target }) => {
  if (target === field()) show(options().length > 0);
  else if (list()?.hidden === false && !list().contains(target)) show(false);
});
document.addEventListener("pointerdown", ({ target }) => {
  if (list()?.hidden === false && !target.closest(".search")) show(false);
});

document.addEventListener("keydown", (event) => {
  if (event.target !== field() || list().hidden) return;
  const all = options();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined) {
    const place = all.indexOf(chosen());
    choose(all[place === -1 && step === -1 ? all.length - 1 : (place + step + all.length) % all.length]);
  } else if (event.key === "Escape") show(false);
  else if (event.key === "Enter" && chosen()) chosen().click();
  else return;
  event.preventDefault();
});
