// What a picture says where somebody points, by mouse, finger or keys: the titles of its marks.

const MARKS = "g.at rect, svg.matrix circle, table.heat a";
const CHARTS = "svg:has(> g.at)";
const box = Object.assign(document.createElement("div"), { className: "read", ariaHidden: "true" });
let shown, over;

const hide = () => {
  over?.remove();
  box.remove();
  shown = over = null;
};

/** A line through a place, and a dot where it meets each line of the chart. */
const cross = (mark) => {
  const { x } = mark.dataset;
  const svg = mark.closest("svg");
  const dots = [...svg.querySelectorAll("path.line")].map((line) => {
    const y = line.getAttribute("d").match(`[ML]${x} ([\\d.]+)`)?.[1];
    return y ? `<circle class="${line.getAttribute("class").replace("line", "dot")} on" cx="${x}" cy="${y}" r="3.5"/>` : "";
  });
  over = svg.appendChild(document.createElementNS(svg.namespaceURI, "g"));
  over.innerHTML = `<path class="cross" d="M${x} ${mark.getAttribute("y")}v${mark.getAttribute("height")}"/>${dots.join("")}`;
};

const show = (mark) => {
  if (!mark || mark === shown) return;
  hide();
  // The title is taken off the mark, or the browser would show it a second time.
  const title = mark.querySelector("title");
  mark.dataset.said ??= title?.textContent ?? mark.title;
  title?.remove();
  mark.removeAttribute("title");
  if (!mark.dataset.said) return;
  shown = mark;
  box.textContent = mark.dataset.said;
  document.body.append(box);
  if (mark.dataset.x) cross(mark);
  const { left, right, top } = (over?.firstChild ?? mark).getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  box.style.left = `${right + 12 + width < innerWidth ? right + 12 : Math.max(4, left - 12 - width)}px`;
  box.style.top = `${Math.max(4, Math.min(top, innerHeight - height - 4))}px`;
};

/** Whether the keyboard holds what is shown. */
const isHeld = () => shown?.closest("svg")?.contains(document.activeElement);

const point = ({ clientX, clientY }) => {
  const mark = document.elementFromPoint(clientX, clientY)?.closest(MARKS);
  if (mark) show(mark);
  else if (!isHeld()) hide();
};
for (const name of ["pointermove", "pointerdown"]) document.addEventListener(name, point);
document.addEventListener("scroll", () => {
  const mark = isHeld() && shown;
  hide();
  show(mark);
}, true);

// Tab goes to a chart, or to the first of small ones; left and right go in it, up and down to others.
const reach = () => {
  hide();
  for (const svg of document.querySelectorAll(CHARTS)) svg.tabIndex = svg.matches(".smalls figure:nth-child(n+2) svg") ? -1 : 0;
};
reach();
document.addEventListener("htmx:after:swap", reach);

const read = (mark) => {
  show(mark);
  document.getElementById("said").textContent = shown?.dataset.said;
};
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(`${CHARTS}:focus-visible`)) read(target.querySelector("g.at").lastChild);
  else if (target.matches("svg.matrix a")) show(target.firstChild);
});
document.addEventListener("focusout", hide);
document.addEventListener("keydown", (event) => {
  const svg = event.target.closest(CHARTS);
  if (!svg) return;
  const all = [...document.querySelectorAll(CHARTS)].filter((it) => it.checkVisibility());
  const to = {
    ArrowLeft: () => read(shown ? shown.previousSibling : svg.querySelector("g.at").lastChild),
    ArrowRight: () => read(shown?.nextSibling),
    ArrowUp: () => all[all.indexOf(svg) - 1]?.focus(),
    ArrowDown: () => all[all.indexOf(svg) + 1]?.focus(),
    Escape: hide,
  }[event.key];
  to?.();
  if (to) event.preventDefault();
});
