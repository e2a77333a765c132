// Makes pages quick: htmx fetches where a link leads or what a form answers, and only what differs
// changes. What a page is stays with the server; without this script the same links and forms load it.

document.documentElement.classList.add("live");

const byId = (id) => document.getElementById(id);
const day = (search) => new URLSearchParams(search).get("as_of");

/** Says something to whoever can't see it. */
const say = (text) => { byId("said").textContent = text; };

/** Says what went wrong, until it is closed or something works. */
const warn = (text) => {
  const box = byId("alerts");
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  close.setAttribute("aria-label", box.dataset.close);
  close.addEventListener("click", () => box.replaceChildren());
  box.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }), close);
};

// What takes longer than somebody calls at once is seen to go on.
const under = new Set();
let timer;
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  under.add(ctx);
  if (under.size > 1) return;
  timer = setTimeout(() => {
    byId("progress").hidden = false;
    say(byId("said").dataset.loading);
  }, 300);
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  under.delete(ctx);
  ctx.request.form?.removeAttribute("data-sent");
  if (under.size > 0) return;
  clearTimeout(timer);
  if (byId("progress")?.hidden === false) {
    byId("progress").hidden = true;
    say(document.title);
  }
});

// Another question to the page that is open changes it where it stands: what lies beside the rail is asked for alone.
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  const { request } = ctx;
  if (ctx.target !== document.body || request.headers["HX-History-Restore-Request"]) return;
  ctx.leads = true;
  if (request.method !== "GET") {
    // What is on its way is not sent twice.
    if (request.form?.hasAttribute("data-sent")) event.preventDefault();
    request.form?.setAttribute("data-sent", "");
    return;
  }
  const url = new URL(request.action, location);
  request.anchor ||= url.hash.slice(1);
  const then = request.body.get("as_of") ?? day(url.search);
  if (url.pathname !== location.pathname || then !== day(location.search) || !byId("page")) return;
  ctx.target = byId("page");
  request.headers["HX-Target"] = "div#page";
});

/** What a page of an error says; nothing where it is no such page. */
const trouble = ({ text, response }) => {
  if (response.status < 400) return null;
  if (!/html/.test(response.headers.get("Content-Type"))) return text || byId("alerts").dataset.failed;
  return new DOMParser().parseFromString(text, "text/html").querySelector("[data-trouble]")?.textContent ?? null;
};

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const { raw } = ctx.response;
  const isAsked = ctx.request.method === "GET";
  const wrong = trouble(ctx);
  // Nobody loses what they typed or look at; an address of its own shows its error as a page.
  if (wrong !== null && !(isAsked && ctx.target === document.body)) {
    warn(wrong);
    return event.preventDefault();
  }
  if (!/html/.test(raw.headers.get("Content-Type") ?? "html")) {
    location.assign(raw.url); // a file
    return event.preventDefault();
  }
  byId("alerts")?.replaceChildren();
  if (!ctx.leads) return;
  // A form that is refused answers where it was sent to, which is no address to come back to.
  const isRefused = !isAsked && !raw.redirected;
  ctx.stays = isRefused || new URL(raw.url).pathname === location.pathname;
  if (!ctx.stays) Object.assign(ctx, { target: document.body, swap: "outerSync show:top" });
  else if (ctx.target === document.body) ctx.swap = "innerMorph show:none";
  else Object.assign(ctx, { select: "#page", swap: "outerMorph show:none" });
  if (isRefused) ctx.push = "false";
  else if (!isAsked && ctx.stays) Object.assign(ctx, { push: "false", replace: "true" });
  // Forms that ask, and the one that was sent or left by a link in it, are as the server has them then.
  const done = isAsked ? [...document.querySelectorAll('form[method="get"]'), ctx.sourceElement.closest("form")] : [ctx.request.form];
  ctx.done = isRefused ? [] : done.filter((form) => form && form !== typing(ctx.sourceElement));
});

// What is typed into a filter is one step back, not one for each letter.
let typed;
const typing = (element) => (element.matches?.('form[hx-trigger*="input"]') ? element : null);
document.addEventListener("htmx:before:history:update", ({ detail }) => {
  const isTyping = typing(detail.sourceElement) !== null;
  if (isTyping && typed === location.href) detail.history.type = "replace";
  typed = isTyping ? new URL(detail.history.path, location).href : undefined;
});

let isPreview = false;
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => { isPreview = !ctx.leads; });

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!ctx.leads) return;
  if (ctx.stays) {
    ctx.done.forEach((form) => form.reset());
    byId(ctx.request.anchor)?.scrollIntoView({ block: "nearest" });
    ctx.request.anchor = null; // htmx would put it at the top
  } else say(ctx.title);
  const active = document.activeElement;
  if (active !== document.body && !active.checkVisibility()) active.closest("details")?.querySelector("summary").focus();
  if (document.activeElement === document.body) byId("main")?.focus({ preventScroll: true });
});

document.addEventListener("htmx:error", () => warn(byId("alerts").dataset.offline));

// Links in pictures are links, too; htmx does not know them.
document.addEventListener("click", (event) => {
  const link = event.target.closest("svg a[href]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  htmx.ajax("GET", link.getAttribute("href"), { target: "body", push: "true" });
});

htmx.registerExtension("laer8", {
  // What somebody opened stays open, and what they type is theirs, however the page around it changes.
  htmx_before_morph_attr: (element, { attrName, newValue }) => {
    if (attrName === "open") return newValue !== null || element.matches(".menu") || element.contains(document.activeElement);
    return !(isPreview && attrName === "value" && element.matches("input"));
  },
});
