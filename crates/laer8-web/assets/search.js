// The search in the top bar: what the server finds is offered while somebody types.

const field = () => document.getElementById("search");
const list = () => document.getElementById("found");
const options = () => [...list().children];
const chosen = () => list().querySelector('[aria-selected="true"]');

const choose = (option) => {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  field().setAttribute("aria-activedescendant", option?.id ?? "");
};

const show = (isOpen) => {
  if (isOpen === !list()?.hidden) return;
  list().hidden = !isOpen;
  field().setAttribute("aria-expanded", isOpen);
  choose(null);
};

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.target === list()) show(options().length > 0 && document.activeElement === field());
});
document.addEventListener("focusin", ({ target }) => show(target === field() ? options().length > 0 : list()?.contains(target)));
document.addEventListener("pointerdown", ({ target }) => target.closest(".search") ?? show(false));

document.addEventListener("keydown", (event) => {
  if (event.target !== field() || list().hidden) return;
  const all = options();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(all.at((all.indexOf(chosen()) + step + (chosen() || step > 0 ? 0 : 1)) % all.length));
  else if (event.key === "Escape") show(false);
  else if (event.key === "Enter" && chosen()) chosen().click();
  else return;
  event.preventDefault();
});
