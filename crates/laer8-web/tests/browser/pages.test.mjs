// The pages in a real browser: every one in both languages, both themes, wide
// and narrow; by keyboard; and without a script.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as laer8 from "./browser.mjs";

const PAGES = ["/today", "/accounts", "/accounts/1?open=usage_trend", "/journey", "/health", "/revenue?movement=new"];

let begun, base;

before(async () => {
  begun = await laer8.begin();
  const accounts = ["--accounts", process.env.LAER8_ACCOUNTS ?? "60"];
  Object.assign(begun, await laer8.serve(["demo", ...accounts, "--data-dir", begun.folder]));
  base = begun.base;
});

after(() => laer8.end(begun));

const open = (how) => laer8.open(begun.browser, how);

for (const language of ["en", "es"]) {
  for (const theme of ["light", "dark"]) {
    for (const width of [1440, 390]) {
      test(`every page is well in ${language}, ${theme}, ${width} px`, async () => {
        const { page, context, complaints } = await open({ language, theme, width });
        const found = [];
        for (const path of PAGES) {
          await page.goto(base + path, { waitUntil: "load" });
          found.push(...(await laer8.wrong(page)));
          const name = `${path.split(/[/?]/)[1]}${path.startsWith("/accounts/") ? "-one" : ""}`;
          await laer8.picture(page, `${name}-${language}-${theme}-${width}`);
        }
        assert.deepEqual([...found, ...complaints], []);
        await context.close();
      });
    }
  }
}

test("a score opens to its rows and closes again, by mouse", async () => {
  const { page, context } = await open();
  await page.goto(`${base}/today`);
  await page.locator(".queue .name").first().click();
  await laer8.still(page);
  await page.locator(".why th a").first().click();
  await laer8.still(page);
  assert.equal(await page.locator(".why tr.open").count(), 1);
  await page.locator('.why th a[aria-expanded="true"]').click();
  await laer8.still(page);
  assert.equal(await page.locator(".why tr.open").count(), 0);
  await context.close();
});

test("the keyboard alone finds an account", async () => {
  const { page, context } = await open();
  await page.goto(`${base}/accounts`);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const second = page.locator("[data-row]").nth(1).locator("a").first();
  assert.equal(await second.evaluate((link) => link === document.activeElement), true, "the second row has the focus");
  const name = await second.innerText();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/accounts\/\d+/);
  assert.equal(await page.locator("h1").innerText(), name);
  await page.keyboard.press("/");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=/);
  assert.equal(await page.locator("[data-row]").count(), 1);
  await context.close();
});

test("language, theme, day and filter work without a script", async () => {
  const { page, context } = await open({ scripts: false });
  await page.goto(`${base}/accounts`);
  await page.locator('[data-field="stage"] summary').click();
  await laer8.still(page);
  await page.locator('[data-field="stage"] input[type="checkbox"]').first().check();
  await page.locator('[data-field="stage"] button').click();
  await laer8.still(page);
  assert.equal(await page.locator(".chips li").count(), 1);
  await page.locator(".chips .off").click();
  await laer8.still(page);
  assert.equal(await page.locator(".chips li").count(), 0);
  await page.locator('button[name="lang"]').click();
  await laer8.still(page);
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
  await page.locator('button[name="theme"]').click();
  await laer8.still(page);
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  await page.goto(`${base}/today`);
  const then = await page.locator("#as_of").inputValue();
  const before = new Date(Date.parse(then) - 60 * 86_400_000).toISOString().slice(0, 10);
  await page.locator(".asof summary").click();
  await page.fill("#as_of", before);
  await page.locator(".asof button").click();
  await laer8.still(page);
  assert.match(page.url(), new RegExp(`as_of=${before}`));
  assert.equal(await page.locator(".notice").count(), 1);
  await context.close();
});

test("a movement opens to its entries, an entry to its account", async () => {
  const { page, context } = await open();
  await page.goto(`${base}/revenue`);
  await page.locator(".waterfall a[href*=\"movement=\"]").first().click();
  await laer8.still(page);
  await page.locator("#entries tbody th a").first().click();
  await laer8.still(page);
  await page.waitForURL(/\/accounts\/\d+#ledger|\/accounts\/\d+.*#ledger/);
  assert.ok((await page.locator("#ledger tbody tr").count()) > 0);
  await context.close();
});

const TABLE = [
  "/accounts?where=stage%3Drenew&where=mrr%3E%3D10&pick=band",
  "/accounts?pick=mrr",
  "/accounts?pick=domain",
  "/accounts?panel=filter",
  "/accounts?panel=columns&col=arr&col=region&col=renewal_on&sort=region",
  "/accounts?panel=save",
  "/accounts?field=mrr&how=range&least=9&below=7",
  "/accounts?q=nobody+is+called+so",
];

for (const [language, theme, width] of laer8.EYES) {
  test(`the table is well in every state in ${language}, ${theme}, ${width} px`, async () => {
    const { page, context } = await open({ language, theme, width });
    const found = [];
    for (const [number, path] of TABLE.entries()) {
      await page.goto(base + path, { waitUntil: "load" });
      found.push(...(await laer8.wrong(page)));
      await laer8.picture(page, `table-${number}-${language}-${theme}-${width}`, false);
    }
    assert.deepEqual(found, []);
    await context.close();
  });
}

test("the keyboard alone adds a filter on any field, and takes it away", async () => {
  const { page, context } = await open();
  await page.goto(`${base}/accounts`);
  const all = await page.locator("tfoot th").innerText();
  await page.keyboard.press("f");
  const region = page.locator(".menu.add a", { hasText: /^Region$/ });
  await laer8.tabTo(page, region);
  await page.keyboard.press("Enter");
  await page.waitForURL(/pick=region/);
  // The first value gets the focus: choose it and apply.
  await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "is");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.waitForURL(/where=region/);
  assert.equal(await page.locator(".chips li").count(), 1);
  assert.notEqual(await page.locator("tfoot th").innerText(), all);
  await page.locator(".chips .off").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.search.includes("where"));
  assert.equal(await page.locator("tfoot th").innerText(), all);
  await context.close();
});

test("Escape closes a menu and gives the focus back; a click elsewhere closes it too", async () => {
  const { page, context } = await open();
  await page.goto(`${base}/accounts`);
  const summary = page.locator('[data-field="band"] summary');
  await summary.click();
  await laer8.still(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("details.menu[open]").count(), 0);
  assert.equal(await summary.evaluate((it) => it === document.activeElement), true);
  await summary.click();
  await laer8.still(page);
  await page.locator("h1").click();
  await laer8.still(page);
  assert.equal(await page.locator("details.menu[open]").count(), 0);
  await context.close();
});

for (const scripts of [true, false]) {
  test(`columns are chosen and a view is kept, ${scripts ? "with" : "without"} a script`, async () => {
    const { page, context, complaints } = await open({ scripts });
    const name = `By region ${scripts}`;
    const headings = () => page.locator("thead th").allInnerTexts();
    await page.goto(`${base}/accounts?view=all`);
    await page.locator(".columns summary").click();
    await laer8.still(page);
    await page.locator('.columns input[value="owner"]').uncheck();
    await page.locator('.columns input[value="region"]').check();
    await page.locator(".columns button").click();
    await laer8.still(page);
    assert.equal((await headings()).at(-1), "Region");
    assert.ok(!(await headings()).includes("Owner"));
    await page.locator(".columns summary").click();
    await laer8.still(page);
    await page.locator('.columns a[aria-label="Move earlier: Region"]').click();
    await laer8.still(page);
    assert.deepEqual((await headings()).slice(-2), ["Region", "Signals"]);
    await page.locator(".tabs .menu summary", { hasText: "Save as view" }).click();
    await laer8.still(page);
    await page.fill("#new-view", name);
    await page.locator('.tabs form[action="/views"] button').click();
    await laer8.still(page);
    assert.equal(await page.locator("h1").innerText(), name);
    assert.equal(await page.locator(".tabs [aria-current]").innerText(), name);
    assert.deepEqual((await headings()).slice(-2), ["Region", "Signals"]);
    // Another order is seen as a change, and can be kept.
    await page.locator("thead a", { hasText: "Region" }).click();
    await laer8.still(page);
    assert.equal(await page.locator(".tabs .state").innerText(), "changed");
    await page.locator(".tabs button", { hasText: "Update" }).click();
    await laer8.still(page);
    assert.equal(await page.locator(".tabs .state").count(), 0);
    assert.equal(await page.locator('thead th[aria-sort="ascending"]').innerText(), "Region");
    await page.locator(".tabs .menu summary", { hasText: "View settings" }).click();
    await laer8.still(page);
    await page.locator(".tabs button", { hasText: "Delete this view" }).click();
    await laer8.still(page);
    assert.equal(await page.locator(".tabs a", { hasText: name }).count(), 0);
    assert.deepEqual((await headings()).slice(-2), ["Region", "Signals"], "the table stays as it was");
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("a table that is wider than the window scrolls and keeps its names", async () => {
  const { page, context } = await open({ width: 900 });
  await page.goto(`${base}/accounts`);
  const name = page.locator("tbody th").first();
  const before = await name.boundingBox();
  const scrolled = await page.locator(".tablewrap").evaluate((table) => { table.scrollLeft = 200; return table.scrollLeft; });
  assert.ok(scrolled > 0, "there is something beside the window");
  assert.equal((await name.boundingBox()).x, before.x);
  await page.goto(`${base}/accounts?rows=25`);
  assert.equal(await page.locator("[data-row]").count(), 25);
  await context.close();
});

test("on a phone an account of the table shows all its columns, each with its name", async () => {
  const { page, context } = await open({ width: 390 });
  await page.goto(`${base}/accounts`);
  const row = page.locator("[data-row]").first();
  for (const cell of await row.locator("td[data-label]").all()) {
    const box = await cell.boundingBox();
    if (box) assert.ok(box.x >= 0 && box.x + box.width <= 390, await cell.getAttribute("data-label"));
  }
  assert.match(await row.locator("td[data-label]").nth(3).getAttribute("data-label"), /MRR/);
  assert.equal(await page.locator(".tablewrap").evaluate((table) => table.scrollWidth - table.clientWidth), 0);
  await context.close();
});
