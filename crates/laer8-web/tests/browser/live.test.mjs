// Pages that change in place: filters as somebody types, previews, edits, search, what a pointer reads
// off a chart, what takes long and what goes wrong. Nothing of it breaks the policy of the pages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as laer8 from "./browser.mjs";

const AREAS = ["/today", "/accounts", "/journey", "/health", "/revenue", "/imports", "/settings"];

let begun, base;

before(async () => {
  begun = await laer8.begin();
  Object.assign(begun, await laer8.serve(["demo", "--accounts", "60", "--data-dir", begun.folder]));
  base = begun.base;
});

after(() => laer8.end(begun));

/** A page that remembers whether it was ever loaded again. */
async function open(path, how) {
  const opened = await laer8.open(begun.browser, how);
  await opened.page.goto(base + path);
  await opened.page.evaluate(() => { window.isSame = true; });
  return { ...opened, isSame: () => opened.page.evaluate(() => window.isSame === true) };
}

const focused = (page) => page.evaluate(() => document.activeElement.id);

test("areas change in place, say their title, and lead back and forth", async () => {
  const { page, context, complaints, isSame } = await open("/accounts/1");
  for (const area of AREAS) {
    await page.locator(`.rail li a[href="${area}"]`).click();
    await page.locator(`.rail a[href="${area}"][aria-current="page"]`).waitFor();
    assert.equal(new URL(page.url()).pathname, area);
    assert.match(await page.title(), / · Laer8$/);
    // The keyboard goes on where the page begins.
    await page.waitForFunction(() => document.activeElement.id === "main");
    assert.equal(await page.locator("#said").innerText(), await page.title());
  }
  await page.goBack();
  await page.locator('.rail a[href="/imports"][aria-current="page"]').waitFor();
  await page.goForward();
  await page.locator('.rail a[href="/settings"][aria-current="page"]').waitFor();
  assert.equal(await isSame(), true);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("on a phone the areas that are set up open behind a button", async () => {
  const { page, context, complaints } = await open("/accounts", { width: 390 });
  const behind = page.locator("#behind");
  assert.equal(await behind.isVisible(), false);
  await page.locator(".rail > button").click();
  await behind.waitFor();
  assert.deepEqual(await laer8.wrong(page), []);
  await behind.locator('a[href="/settings"]').click();
  await page.waitForURL(/\/settings$/);
  await behind.waitFor({ state: "hidden" });
  await page.locator(".rail > button").press("Enter");
  await laer8.tabTo(page, behind.locator('a[href="/imports"]'));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/imports$/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the table follows what is typed, and Back goes to what was before", async () => {
  const { page, context, complaints, isSame } = await open("/accounts?sort=name");
  const all = await page.locator("tfoot th").innerText();
  const name = await page.locator("[data-row] a").nth(3).innerText();
  await page.focus("#q");
  await page.keyboard.type(name.slice(0, 3), { delay: 60 });
  await page.waitForURL(/q=/);
  await page.keyboard.type(name.slice(3), { delay: 20 });
  await page.waitForURL((url) => url.searchParams.get("q") === name);
  await page.locator("[data-row] a", { hasText: name }).first().waitFor();
  assert.equal(await focused(page), "q");
  assert.equal(await page.inputValue("#q"), name);
  assert.match(page.url(), /sort=name/, "the order is kept");
  assert.notEqual(await page.locator("tfoot th").innerText(), all);
  await page.goBack();
  await page.locator("tfoot th", { hasText: all }).waitFor();
  assert.equal(new URL(page.url()).search, "?sort=name", "one step, not one for each letter");
  assert.equal(await page.inputValue("#q"), "");
  assert.equal(await isSame(), true);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a filter that is taken away leaves no tick behind", async () => {
  const { page, context } = await open("/accounts");
  const menu = page.locator('[data-field="stage"]');
  await menu.locator("summary").click();
  await menu.locator('input[type="checkbox"]').first().check();
  await menu.locator("button").click();
  await page.locator(".chips li").waitFor();
  assert.equal(await page.locator("details.menu[open]").count(), 0);
  assert.equal(await menu.locator("summary").evaluate((it) => it === document.activeElement), true);
  await page.locator(".chips .off").click();
  await page.locator(".chips li").waitFor({ state: "detached" });
  assert.equal(await menu.locator("input:checked").count(), 0);
  // The keyboard's work list is that of the new rows.
  await page.keyboard.press("j");
  assert.equal(await page.locator("[data-row] a").first().evaluate((it) => it === document.activeElement), true);
  await context.close();
});

test("a measure opens where it stands", async () => {
  const { page, context, isSame } = await open("/accounts/1");
  await page.evaluate(() => window.scrollTo(0, 250));
  const link = page.locator(".why th a").nth(2);
  await link.click();
  await page.locator(".why tr.open").waitFor();
  assert.match(page.url(), /open=/);
  assert.equal(await page.evaluate(() => window.scrollY), 250);
  assert.equal(await link.evaluate((it) => it === document.activeElement), true);
  assert.equal(await isSame(), true);
  await context.close();
});

test("a preview follows every key, and an older answer never takes the place of a newer one", async () => {
  const { page, context, complaints } = await open("/health/scorecards/growth/edit");
  // The first answer is the slowest.
  let first = true;
  await page.route("**/edit", async (route) => {
    const isFirst = first;
    first = false;
    if (isFirst) await new Promise((resolve) => { setTimeout(resolve, 1500); });
    await route.continue().catch(() => {}); // the page has given it up
  });
  const weight = page.locator("#f-w-usage_trend");
  await weight.fill("much");
  await page.waitForRequest("**/edit");
  await weight.fill("90");
  await page.locator(".diff li", { hasText: "→ 90" }).waitFor();
  await page.waitForTimeout(1600);
  assert.equal(await page.locator(".faults").count(), 0);
  assert.equal(await weight.inputValue(), "90");
  await weight.fill("lots");
  await page.locator("#f-w-usage_trend-said", { hasText: "“lots” is no number" }).waitFor();
  assert.equal(await weight.getAttribute("aria-invalid"), "true");
  assert.equal(await page.evaluate(() => document.activeElement.id), "f-w-usage_trend");
  assert.deepEqual(await laer8.wrong(page), []);
  assert.equal(new URL(page.url()).pathname, "/health/scorecards/growth/edit");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a note is written in place; who was slower sees both, in place too", async () => {
  const { page, context, isSame } = await open("/accounts/2");
  await page.locator(".write summary").first().click();
  await page.locator(".write textarea").first().fill("They renew in June");
  const before = await page.evaluate(() => window.scrollY);
  await page.locator(".write button.primary").first().click();
  const note = (where) => where.locator("#timeline li", { hasText: "They renew" });
  await note(page).waitFor();
  assert.equal(await page.evaluate(() => window.scrollY), before);
  assert.equal(await page.locator(".write textarea").first().inputValue(), "", "it can't be sent twice");
  const other = await context.newPage();
  await other.goto(`${base}/accounts/2`);
  // What somebody is writing is not changed under their hands by what others do.
  for (const [where, text] of [[page, "They renew in May"], [other, "They renew in July"]]) {
    await where.bringToFront();
    await note(where).locator("summary").click();
    await note(where).locator("textarea").fill(text);
  }
  await note(other).locator("button.primary").click();
  await note(other).locator("p", { hasText: "July" }).first().waitFor();
  await page.bringToFront();
  await note(page).locator("button.primary").click();
  await page.locator("#timeline .fault").waitFor();
  assert.match(await note(page).innerText(), /July/, "what it says now");
  assert.equal(await note(page).locator("textarea").inputValue(), "They renew in May", "what was typed");
  assert.equal(new URL(page.url()).pathname, "/accounts/2");
  assert.deepEqual(await laer8.wrong(page), []);
  await note(page).locator("button.primary").click();
  await note(page).locator("p", { hasText: "May" }).first().waitFor();
  assert.equal(await page.locator(".fault").count(), 0);
  assert.equal(await isSame(), true);
  await context.close();
});

test("who opens a form while news of the page is on its way keeps it, and sees the news afterwards", async () => {
  const { page, context, complaints } = await open("/accounts/4");
  let asked, arrives;
  const isAsked = new Promise((resolve) => { asked = resolve; });
  const mayArrive = new Promise((resolve) => { arrives = resolve; });
  await page.route("**/accounts/4", async (route) => {
    const response = await route.fetch();
    asked();
    await mayArrive;
    await route.fulfill({ response });
  });
  const other = await context.newPage();
  await other.goto(`${base}/accounts/4`);
  await other.locator(".write summary").first().click();
  await other.locator(".write textarea").first().fill("They hire");
  await other.locator(".write button.primary").first().click();
  await other.locator("#timeline li", { hasText: "They hire" }).waitFor();
  await page.bringToFront();
  await isAsked;
  const summary = page.locator(".write summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  const answer = page.waitForResponse("**/accounts/4");
  arrives();
  await (await answer).finished();
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  assert.equal(await page.locator(".write textarea").first().isVisible(), true);
  assert.equal(await page.locator("#timeline li", { hasText: "They hire" }).count(), 0);
  await page.keyboard.press("Enter");
  await page.locator("#timeline li", { hasText: "They hire" }).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what takes long is seen to go on", async () => {
  const { page, context } = await open("/today");
  let answer;
  await page.route("**/revenue", async (route) => {
    await new Promise((resolve) => { answer = resolve; });
    await route.continue();
  });
  await page.locator('.rail a[href="/revenue"]').click();
  const bar = page.locator("#progress");
  assert.equal(await bar.isVisible(), false, "what is quick does not flicker");
  await bar.waitFor({ state: "visible" });
  assert.equal(await page.locator("#said").innerText(), "Loading");
  assert.deepEqual(await laer8.wrong(page), []);
  answer();
  await page.waitForURL(/revenue/);
  await bar.waitFor({ state: "hidden" });
  await context.close();
});

test("what goes wrong is said, and nothing is lost", async () => {
  const { page, context } = await open("/accounts/3");
  await page.locator(".write summary").first().click();
  await page.locator(".write textarea").first().fill("Half a story");
  await context.setOffline(true);
  await page.locator(".write button.primary").first().click();
  const alert = page.locator("#alerts");
  await alert.locator("p", { hasText: "can't be reached" }).waitFor();
  assert.deepEqual(await laer8.wrong(page), []);
  await laer8.picture(page, "offline", false);
  await page.getByRole("button", { name: "Close" }).click();
  await alert.waitFor({ state: "hidden" });
  await context.setOffline(false);
  await page.route("**/notes", (route) => route.fulfill({ status: 500, contentType: "text/html", body: '<main><p data-trouble>It broke.</p></main>' }));
  await page.locator(".write button.primary").first().click();
  await alert.locator("p", { hasText: "It broke." }).waitFor();
  assert.equal(await page.locator(".write textarea").first().inputValue(), "Half a story");
  await page.unroute("**/notes");
  await page.locator(".write button.primary").first().click();
  await page.locator("#timeline li", { hasText: "Half a story" }).waitFor();
  assert.equal(await alert.isVisible(), false);
  await context.close();
});

test("the search offers accounts while somebody types, by keyboard", async () => {
  const { page, context, complaints, isSame } = await open("/health");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("a");
  const options = page.locator('#found [role="option"]');
  await options.first().waitFor();
  assert.equal(await page.locator("#search").getAttribute("aria-expanded"), "true");
  assert.deepEqual(await laer8.wrong(page), []);
  await laer8.picture(page, "search", false);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#found").isVisible(), false);
  await page.keyboard.type("r");
  await options.first().waitFor();
  await page.keyboard.press("ArrowUp");
  assert.match(await page.locator('#found [aria-selected="true"]').innerText(), /in the table/);
  await page.keyboard.press("ArrowDown");
  const first = await options.first().locator("b").first().innerText();
  assert.equal(await page.locator("#search").getAttribute("aria-activedescendant"), "found-1");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/accounts\/\d+/);
  assert.equal(await page.locator("h1").innerText(), first);
  assert.equal(await isSame(), true);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a chart says what it is at a place, by mouse and by keyboard", async () => {
  const { page, context, complaints } = await open("/health");
  const chart = page.locator("svg.chart").first();
  await chart.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done(true))); }));
  const { x, y, width, height } = await chart.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  const read = page.locator(".read");
  assert.match(await read.innerText(), /^\d+ \w+ 20\d\d\nHealthy \d+\nWatch \d+\nAt risk \d+$/);
  assert.equal(await chart.locator(".on").count(), 3, "a dot on each line");
  await laer8.picture(page, "pointer", false);
  await page.mouse.move(x + width / 2, y - 60);
  assert.equal(await read.count(), 0);
  await chart.focus();
  await page.keyboard.press("ArrowLeft");
  const last = await read.innerText();
  await page.keyboard.press("ArrowLeft");
  assert.notEqual(await read.innerText(), last);
  assert.equal(await page.locator("#said").innerText(), (await read.innerText()).replaceAll("\n", " "), "it is said, too");
  assert.deepEqual(await laer8.wrong(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await read.count(), 0);
  await page.goto(`${base}/journey`);
  await page.locator("svg.matrix a").first().focus();
  assert.match(await read.innerText(), /ARR|€/);
  await page.goto(`${base}/revenue`);
  const cell = page.locator(".heat a[title]").nth(4);
  const title = await cell.getAttribute("title");
  // Scrolling hides what is read: it must be over before the pointer comes.
  await cell.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done(true))); }));
  await cell.hover();
  assert.equal(await page.locator(".read").innerText(), title);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("every chart over time has a table", async () => {
  const { page, context } = await open("/accounts/1");
  for (const path of ["/accounts/1", "/health", "/revenue"]) {
    await page.goto(base + path);
    for (const summary of await page.locator("details > summary", { hasText: /table$/i }).all()) await summary.click();
    assert.ok((await page.locator("details[open] table tbody tr").count()) > 2, path);
    assert.deepEqual(await laer8.wrong(page), []);
  }
  await context.close();
});
