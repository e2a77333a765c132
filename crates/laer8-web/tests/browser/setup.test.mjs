// Scorecards, documents, imports and the quarantine in a real browser: a weight
// is changed by keyboard and the preview follows; a mended file goes back in.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as laer8 from "./browser.mjs";

const EDIT = "/health/scorecards/growth/edit";
const PAGES = [
  "/health/scorecards",
  "/health/scorecards/adoption",
  EDIT,
  "/settings/documents/scorecard/adoption",
  "/settings/documents/journey/journey",
  "/imports",
  "/sources/identity",
  "/imports/1",
  "/quarantine",
];
const MAPPING = `schema = 1
source = "crm"
dates = ["%Y-%m-%d"]
[[file]]
name = "people.csv"
record = "account"
[file.fields]
id = "id"
name = "name"
since = "since"
`;

let begun, base, folder;

before(async () => {
  begun = await laer8.begin();
  folder = begun.folder;
  const data = ["--data-dir", join(folder, "data")];
  const run = (...args) => assert.equal(spawnSync(laer8.PROGRAM, [...args, ...data]).status, args[0] === "import" ? 3 : 0);
  run("demo", "--accounts", "60");
  await mkdir(join(folder, "files"));
  await writeFile(join(folder, "files", "people.csv"), "id,name,since\nA1,Nordkap,2026-01-01\nA2,Sur,2026-13-01\n");
  await writeFile(join(folder, "mapping.toml"), MAPPING);
  run("import", "--mapping", join(folder, "mapping.toml"), join(folder, "files"));
  Object.assign(begun, await laer8.serve(["demo", ...data]));
  base = begun.base;
});

after(() => laer8.end(begun));

const open = (how) => laer8.open(begun.browser, how);

for (const [language, theme, width] of laer8.EYES) {
  test(`every page is well in ${language}, ${theme}, ${width} px`, async () => {
    const { page, context, complaints } = await open({ language, theme, width });
    const found = [];
    for (const path of PAGES) {
      await page.goto(base + path, { waitUntil: "load" });
      found.push(...(await laer8.wrong(page)));
      await laer8.picture(page, `${path.slice(1).replaceAll("/", "-")}-${language}-${theme}-${width}`);
    }
    assert.deepEqual([...found, ...complaints], []);
    await context.close();
  });
}

test("a weight changed by keyboard is previewed, saved and undone", async () => {
  const { page, context, complaints } = await open();
  await page.goto(base + EDIT);
  const weight = page.locator("#f-w-usage_trend");
  await weight.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("90");
  await page.locator(".diff li").waitFor();
  assert.equal(await page.locator(".diff li").innerText(), "Weight of Usage against usual: 25 → 90");
  assert.equal(await weight.evaluate((field) => field === document.activeElement), true, "the cursor stays");
  await page.locator("#share-w-usage_trend", { hasNotText: "12.5%" }).waitFor();
  // The bands too: then somebody changes band, and leads to their account.
  await page.fill("#f-healthy", "95");
  await page.locator(".changing a").first().waitFor();
  assert.deepEqual(await laer8.wrong(page), []);
  await page.getByRole("button", { name: "Save" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/saved=1/);
  assert.match(await page.locator(".callout.good").innerText(), /Version 1 is in force/);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.waitForURL(/saved=2/);
  await page.goto(base + EDIT);
  assert.equal(await page.locator("#f-w-usage_trend").inputValue(), "25");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what is no number is said beside its field as it is typed", async () => {
  const { page, context } = await open();
  await page.goto(base + EDIT);
  await page.fill("#f-w-nps", "much");
  await page.locator(".faults a").click();
  assert.equal(await page.locator('#f-w-nps[aria-invalid="true"]').count(), 1);
  await page.fill("#f-w-nps", "60");
  await page.locator(".said").waitFor();
  assert.equal(await page.locator("[aria-invalid]").count(), 0);
  await context.close();
});

test("without a script, the button previews and the text is checked", async () => {
  const { page, context } = await open({ scripts: false });
  await page.goto(base + EDIT);
  await page.fill("#f-healthy", "95");
  await page.getByRole("button", { name: "Preview" }).click();
  assert.equal(await page.locator("#f-healthy").inputValue(), "95");
  assert.ok((await page.locator(".changing a").count()) > 0);
  await page.goto(`${base}/settings/documents/scorecard/growth`);
  const text = await page.locator("#body").inputValue();
  await page.fill("#body", text.replace("priority = 30", "priority = high"));
  await page.getByRole("button", { name: "Save" }).click();
  assert.match(await page.locator(".faults").innerText(), /Line 7:/);
  assert.match(await page.locator("#body").inputValue(), /priority = high/);
  await context.close();
});

test("a refused row is downloaded, mended and read again", async () => {
  const { page, context } = await open({ scripts: false });
  await page.goto(`${base}/quarantine`);
  assert.match(await page.locator(".refused .marked").innerText(), /2026-13-01/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[download]").click()]);
  const path = join(folder, download.suggestedFilename());
  await writeFile(path, (await readFile(await download.path(), "utf8")).replaceAll("2026-13-01", "2026-03-01"));
  await page.setInputFiles("#file", path);
  await page.getByRole("button", { name: "Read again" }).click();
  assert.match(await page.locator("main").innerText(), /1 fixed row left quarantine/);
  await page.goto(`${base}/quarantine`);
  assert.match(await page.locator("main").innerText(), /Every row was understood/);
  await context.close();
});
