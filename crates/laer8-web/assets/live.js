// Makes pages quick: htmx fetches what a link or form leads to, and only what differs changes. Without
// this, the same links and forms load it.

document.documentElement.classList.add("live");

const byId = (id) => document.getElementById(id);
const day = (search) => new URLSearchParams(search).get("as_of");
const isPage = (answer) => /html/.test(answer.headers.get("Content-Type"));
const on = (name, act) => document.addEventListener(`htmx:${name}`, (event) => act(event.detail.ctx, event));
const say = (text) => { byId("said").textContent = text; };

/** Says what went wrong, until it is closed or something works. */
const warn = (text) => {
  byId("alert").textContent = text;
  byId("alerts").showPopover();
};

// What takes long is seen to go on.
const under = new Set();
let timer;
on("before:request", (ctx) => {
  if (under.add(ctx).size > 1) return;
  timer = setTimeout(() => {
    byId("progress").hidden = false;
    say(byId("said").dataset.loading);
  }, 300);
});
on("finally:request", (ctx) => {
  under.delete(ctx);
  ctx.request.form?.removeAttribute("data-sent");
  if (under.size > 0) return;
  clearTimeout(timer);
  if (byId("progress").hidden) return;
  byId("progress").hidden = true;
  say(document.title);
});

on("config:request", (ctx, event) => {
  const { request } = ctx;
  if (ctx.target !== document.body || request.headers["HX-History-Restore-Request"]) return;
  ctx.leads = true;
  if (request.method !== "GET") {
    if (request.form?.hasAttribute("data-sent")) event.preventDefault(); // on its way already
    request.form?.setAttribute("data-sent", "");
    return;
  }
  // Another question to the same page: what lies beside the rail is asked for alone.
  const url = new URL(request.action, location);
  if (url.pathname !== location.pathname || (request.body.get("as_of") ?? day(url.search)) !== day(location.search)) return;
  ctx.target = byId("page");
  request.headers["HX-Target"] = "div#page";
});

/** What a page of an error says; nothing where it is no such page. */
const trouble = ({ text, response: { raw } }) => {
  if (raw.ok || !isPage(raw)) return !raw.ok && (text || byId("alerts").dataset.failed);
  return new DOMParser().parseFromString(text, "text/html").querySelector("[data-trouble]")?.textContent;
};

const typing = (element) => (element.matches?.('form[hx-trigger*="input"]') ? element : null);

on("after:request", (ctx, event) => {
  const { raw } = ctx.response;
  const asks = ctx.request.method === "GET";
  const wrong = trouble(ctx);
  // Another address shows its error as a page; else nobody loses what they typed or look at.
  const isWarned = wrong && !(asks && ctx.target === document.body);
  // A file, or the way in for whoever is signed out.
  const isOther = ctx.target.matches("body, #page") && !(isPage(raw) && ctx.text.includes('id="page"'));
  if (isWarned) warn(wrong);
  else if (isOther) location.assign(raw.url);
  else byId("alerts").hidePopover();
  if (isWarned || isOther) event.preventDefault();
  if (event.defaultPrevented || !ctx.leads) return;
  // Where a form is refused is no address to come back to.
  const isRefused = !asks && !raw.redirected;
  ctx.stays = isRefused || new URL(raw.url).pathname === location.pathname;
  if (!ctx.stays) Object.assign(ctx, { target: document.body, swap: "outerSync show:top" });
  else if (ctx.target === document.body) ctx.swap = "innerMorph show:none";
  else Object.assign(ctx, { select: "#page", swap: "outerMorph show:none" });
  if (!asks && ctx.stays) Object.assign(ctx, { push: "false", replace: String(!isRefused) });
  // Forms that ask are then as the server has them; so is the one that was taken, or left by a link in it.
  const own = ctx.request.form ?? ctx.sourceElement.closest("form");
  ctx.fresh = isRefused ? [] : [own, ...(asks ? document.querySelectorAll('form[method="get"]') : [])];
});

// What is typed into a filter is one step back, not one for each letter.
let typed;
document.addEventListener("htmx:before:history:update", ({ detail: { history, sourceElement } }) => {
  const isTyping = typing(sourceElement) !== null;
  if (isTyping && typed === location.href) history.type = "replace";
  typed = isTyping ? new URL(history.path, location).href : undefined;
});

let isPreview, isSent;
on("before:swap", (ctx) => {
  isPreview = !ctx.leads;
  isSent = ctx.sourceElement?.id !== "again"; // somebody asked for it
});
htmx.registerExtension("laer8", {
  // What somebody opened stays open until they send it, and what they type is theirs, however the page
  // around it changes.
  htmx_before_morph_attr: (element, { attrName, newValue }) => {
    if (attrName === "value") return !(isPreview && element.matches("input"));
    return attrName !== "open" || newValue !== null || (isSent && (element.matches(".menu") || element.contains(document.activeElement)));
  },
});

on("after:swap", (ctx) => {
  if (!ctx.leads) return;
  if (ctx.stays) {
    ctx.fresh.forEach((form) => form !== typing(ctx.sourceElement) && form?.reset());
    byId(ctx.request.anchor)?.scrollIntoView({ block: "nearest" });
    ctx.request.anchor = null; // htmx would put it at the top
  } else say(ctx.title);
  const active = document.activeElement;
  if (!active.checkVisibility()) active.closest("details")?.querySelector("summary").focus();
  if (document.activeElement === document.body) byId("main")?.focus({ preventScroll: true });
});

document.addEventListener("htmx:error", () => warn(byId("alerts").dataset.offline));
