// Shows what happens while somebody looks: the page asks for itself again. That of a past day does not
// change; nor does one that nobody sees.

const PACE = { any: 3000, sources: 1500 };
const USUAL = 700;

const link = () => document.getElementById("again");
const follows = () => link()?.dataset.follows ?? "";

// Whoever writes, has sent something, or reads what is wrong with it, is not disturbed.
const underWay = new Set();
const isOwn = ({ ctx }) => ctx.sourceElement?.id === "again";
document.addEventListener("htmx:before:request", ({ detail }) => isOwn(detail) || underWay.add(detail.ctx));
document.addEventListener("htmx:finally:request", ({ detail }) => underWay.delete(detail.ctx));
const isChanged = (field) => field.checked !== field.defaultChecked || field.value !== field.defaultValue;
const isBusy = () => underWay.size > 0 || document.querySelector("main .fault") !== null
  || document.activeElement?.matches("input, textarea, select")
  || document.activeElement?.closest('details[open]:has(form[method="post"])')
  || [...document.querySelectorAll('form[method="post"] :is(textarea, input:not([type="hidden"]))')].some(isChanged);

let stream;
let missed = false; // whether the page is behind
let last = 0;
let timer;

/** Asks for the page again, as soon as that disturbs nobody. */
const again = () => {
  missed = true;
  if (timer || document.hidden) return;
  const pace = PACE[follows()] ?? USUAL;
  timer = setTimeout(() => {
    timer = undefined;
    if (!missed || document.hidden || !follows()) return;
    if (isBusy()) return again();
    missed = false;
    last = performance.now();
    link().click();
  }, Math.max(250, last + pace - performance.now()));
};

// Who began to write while the page was on its way keeps it as it is.
document.addEventListener("htmx:after:request", (event) => {
  if (!isOwn(event.detail) || !isBusy()) return;
  event.preventDefault();
  again();
});

const concerns = ({ accounts }) => {
  const whom = follows();
  if (whom === "" || whom === "sources" || accounts === null) return whom !== "";
  return whom === "any" ? accounts.length > 0 : accounts.includes(Number(whom));
};

const listen = () => {
  if (stream || document.hidden || !follows()) return;
  stream = new EventSource("/live");
  let before;
  stream.addEventListener("hello", ({ data }) => {
    if (before !== undefined && before !== data) again();
    before = data;
  });
  stream.addEventListener("change", ({ data }) => {
    const change = JSON.parse(data);
    before = String(change.generation);
    if (concerns(change)) again();
  });
};

const rest = () => {
  stream?.close();
  stream = undefined;
};

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return rest();
  listen();
  if (follows()) again();
});
document.addEventListener("htmx:after:swap", () => (follows() ? listen() : rest()));
window.addEventListener("pagehide", rest);
listen();
