// People in a real browser: the first administrator begins by the printed link,
// signs in by keyboard alone, invites somebody, and writes on an account, by
// keyboard, by mouse, and without a script.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import * as laer8 from "./browser.mjs";

const ANA = { name: "Ana Silva", email: "ana@example.com", password: "correct horse staple" };
const SETTINGS = ["/settings", "/settings/workspace", "/settings/users", "/settings/keys", "/settings/audit"];
const DOORS = ["/sign-in", "/setup", "/setup?code=wrong", "/welcome/stale"];

let begun, base, setup, signedIn;

before(async () => {
  begun = await laer8.begin();
  const data = ["--data-dir", begun.folder];
  assert.equal(spawnSync(laer8.PROGRAM, ["demo", "--accounts", "20", ...data]).status, 0);
  Object.assign(begun, await laer8.serve(["serve", ...data], /http:\/\/[\d.]+:\d+\/setup\?code=\S+/));
  base = begun.base;
  setup = begun.match[0];
});

after(() => laer8.end(begun));

const open = (how) => laer8.open(begun.browser, { signedIn, ...how });

/** Types into the fields of a form in their order, by keyboard alone, and sends it. */
async function typeForm(page, first, values) {
  await laer8.tabTo(page, page.locator(first));
  for (const [place, value] of values.entries()) {
    if (place > 0) await page.keyboard.press("Tab");
    await page.keyboard.press("Control+a");
    await page.keyboard.type(value);
  }
  await page.keyboard.press("Enter");
}

test("who is not signed in is shown the door, in every language and theme", async () => {
  const found = [];
  for (const [language, theme, width] of laer8.EYES) {
    const { page, context } = await open({ language, theme, width });
    await page.goto(`${base}/accounts`);
    assert.match(page.url(), /\/(sign-in|setup)/, "an account is not for everybody");
    for (const path of [...DOORS, setup.slice(base.length)]) {
      await page.goto(base + path);
      found.push(...(await laer8.wrong(page)));
      await laer8.picture(page, `door-${path.replace(/\W+/g, "-").slice(1, 14)}-${language}-${theme}-${width}`);
    }
    await context.close();
  }
  assert.deepEqual(found, []);
});

test("the printed link makes the first administrator, who signs out and in, by keyboard alone", async () => {
  const { page, context, complaints } = await open();
  await page.goto(setup);
  await typeForm(page, "input[name=name]", [ANA.name, ANA.email, ANA.password, ANA.password]);
  await page.waitForURL((url) => !url.pathname.startsWith("/setup"));
  await page.goto(`${base}/settings`);
  await laer8.tabTo(page, page.locator('form[action="/sign-out"] button'));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sign-in/);
  assert.deepEqual(complaints, []);
  // Whoever asked for a page gets it once they are in.
  await page.goto(`${base}/accounts?sort=arr`);
  await typeForm(page, "input[name=email]", [ANA.email, "not the password"]);
  await page.locator('[role="alert"]').waitFor();
  assert.equal(await page.locator("input[name=email]").inputValue(), ANA.email, "the address is not typed twice");
  assert.deepEqual(await laer8.wrong(page), []);
  await typeForm(page, "input[name=email]", [ANA.email, ANA.password]);
  await page.waitForURL(/\/accounts\?sort=arr/);
  assert.equal(await page.locator(".top .av").getAttribute("title"), ANA.name);
  signedIn = await context.storageState();
  await context.close();
});

for (const [language, theme, width] of laer8.EYES) {
  test(`the settings are well in ${language}, ${theme}, ${width} px`, async () => {
    const { page, context, complaints } = await open({ language, theme, width });
    const found = [];
    for (const path of SETTINGS) {
      await page.goto(base + path);
      assert.equal(await page.locator(".tabs [aria-current]").getAttribute("href"), path);
      found.push(...(await laer8.wrong(page)));
      await laer8.picture(page, `${path.slice(1).replaceAll("/", "-")}-${language}-${theme}-${width}`);
    }
    await page.goto(`${base}/accounts/1`);
    for (const summary of await page.locator(".write summary, .kpis .edit summary").all()) await summary.click();
    found.push(...(await laer8.wrong(page)));
    await laer8.picture(page, `write-${language}-${theme}-${width}`, false);
    assert.deepEqual([...found, ...complaints], []);
    await context.close();
  });
}

for (const scripts of [true, false]) {
  const how = scripts ? "with" : "without";

  test(`somebody is invited, follows their link and is in, ${how} a script`, async () => {
    const { page, context } = await open({ scripts });
    const email = `ben-${how}@example.com`;
    await page.goto(`${base}/settings/users`);
    await page.fill("input[name=email][type=email]", email);
    await page.fill("input[name=name]", "Ben Ortiz");
    await page.selectOption("form.wide select[name=role]", "viewer");
    await page.locator("form.wide button.primary").click();
    await laer8.still(page);
    const link = await page.locator(".secret").inputValue();
    assert.deepEqual(scripts ? await laer8.wrong(page) : [], []);
    const other = await laer8.open(begun.browser, { scripts });
    await other.page.goto(link);
    await other.page.fill("input[name=password]", "ten letters and more");
    await other.page.fill("input[name=again]", "ten letters and more");
    await other.page.locator("button.primary").click();
    await other.page.goto(`${base}/accounts/1`);
    assert.equal(await other.page.locator(".write, .edit").count(), 0, "a viewer is offered nothing to write");
    assert.equal((await other.page.goto(`${base}/settings/users`)).status(), 403);
    assert.deepEqual(scripts ? await laer8.wrong(other.page) : [], []);
    await other.context.close();
    await context.close();
  });

  test(`a key is made, shown once, and revoked, ${how} a script`, async () => {
    const { page, context } = await open({ scripts });
    await page.goto(`${base}/settings/keys`);
    await page.fill("input[name=name]", `Warehouse ${how}`);
    await page.locator("form.wide button.primary").click();
    await laer8.still(page);
    assert.ok((await page.locator(".secret").inputValue()).length > 20);
    const row = page.locator("tbody tr", { hasText: `Warehouse ${how} ` }).or(page.locator("tbody tr", { hasText: `Warehouse ${how}` }));
    assert.equal(await row.count(), 1);
    await row.locator("button").click();
    await laer8.still(page);
    assert.equal(await page.locator(".secret").count(), 0);
    assert.equal(await page.locator("tbody tr", { hasText: `Warehouse ${how}` }).count(), 0);
    await context.close();
  });

  test(`a note is written, changed and withdrawn by mouse, ${how} a script`, async () => {
    const { page, context, complaints } = await open({ scripts });
    const said = `Spoke with their CFO ${how} a script`;
    await page.goto(`${base}/accounts/2`);
    await page.locator(".write summary").first().click();
    await laer8.still(page);
    await page.locator(".write textarea").first().fill(said);
    await page.locator(".write button.primary").first().click();
    await laer8.still(page);
    const note = page.locator("#timeline li", { hasText: said });
    assert.equal(await note.count(), 1);
    await note.locator("summary").click();
    await laer8.still(page);
    await note.locator("textarea").fill(`${said}, again`);
    await note.locator("button.primary").click();
    await laer8.still(page);
    assert.match(await note.locator("p").first().innerText(), /, again/);
    await note.locator("summary").click();
    await laer8.still(page);
    await note.locator('button[value="withdraw"]').click();
    await laer8.still(page);
    assert.equal(await note.count(), 0);
    assert.deepEqual(scripts ? await laer8.wrong(page) : [], []);
    await page.locator(".undo button").click();
    assert.match(await note.locator("p").first().innerText(), /, again/, "it is back as it was");
    assert.equal(await page.locator(".undo").count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test(`the owner is changed and a pulse is set, ${how} a script`, async () => {
    const { page, context } = await open({ scripts });
    await page.goto(`${base}/accounts/3`);
    await page.locator(".kpis .edit summary").click();
    await laer8.still(page);
    await page.fill("input[name=owner]", `Carla ${how}`);
    await page.locator(".kpis .edit button.primary").click();
    await laer8.still(page);
    assert.match(await page.locator(".kpis").innerText(), new RegExp(`Carla ${how}`));
    await page.locator(".write summary").nth(1).click();
    await laer8.still(page);
    await page.fill("input[name=pulse]", "20");
    await page.locator(".write textarea").nth(1).fill(`They look elsewhere, ${how} doubt`);
    await page.locator(".write button.primary").nth(1).click();
    await laer8.still(page);
    assert.match(await page.locator("#timeline").innerText(), new RegExp(`They look elsewhere, ${how} doubt`));
    await context.close();
  });
}

test("a note is written, changed and withdrawn by keyboard alone", async () => {
  const { page, context } = await open();
  const said = "Budget is approved";
  await page.goto(`${base}/accounts/4`);
  await laer8.tabTo(page, page.locator(".write summary").first());
  await page.keyboard.press("Enter");
  await laer8.tabTo(page, page.locator(".write textarea").first());
  await page.keyboard.type(said);
  await laer8.tabTo(page, page.locator(".write button.primary").first());
  await page.keyboard.press("Enter");
  const note = page.locator("#timeline li", { hasText: said });
  await note.waitFor();
  await laer8.tabTo(page, note.locator("summary"));
  await page.keyboard.press("Enter");
  await laer8.tabTo(page, note.locator("textarea"));
  await page.keyboard.press("End");
  await page.keyboard.type(" by the board");
  await laer8.tabTo(page, note.locator("button.primary"));
  await page.keyboard.press("Enter");
  await page.locator("#timeline li", { hasText: `${said} by the board` }).waitFor();
  await laer8.tabTo(page, note.locator("summary"));
  await page.keyboard.press("Enter");
  await laer8.tabTo(page, note.locator('button[value="withdraw"]'));
  await page.keyboard.press("Enter");
  await note.waitFor({ state: "detached" });
  await context.close();
});

test("a note that is refused loses nothing", async () => {
  const { page, context } = await open({ scripts: false });
  await page.goto(`${base}/accounts/5`);
  await page.locator(".write summary").first().click();
  await laer8.still(page);
  await page.locator(".write textarea").first().fill("Said in a year to come");
  await page.locator(".write input[type=date]").first().evaluate((field) => { field.removeAttribute("max"); field.value = "2999-01-01"; });
  await page.locator(".write button.primary").first().click();
  await laer8.still(page);
  assert.match(await page.locator('.fault[role="alert"]').innerText(), /or earlier/);
  assert.equal(await page.locator("textarea").inputValue(), "Said in a year to come");
  await context.close();
});

test("changes are in the audit log, with who made them", async () => {
  const { page, context } = await open();
  await page.goto(`${base}/settings/audit`);
  const log = page.locator(".log");
  assert.match(await log.first().innerText(), new RegExp(`${ANA.name} `));
  await log.locator("summary").first().click();
  assert.match(await log.first().innerText(), new RegExp(ANA.email));
  await context.close();
});
