// Files are brought in with a browser: by clicks that are followed, and by
// forms alone where no script runs.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as laer8 from "./browser.mjs";

const NEW = "/imports/new";
const ACCOUNTS = `Account ID,Name,Created,Country,Tier
A1,Helvetia Freight,03/04/2024,CH,gold
A2,Nordkap,05/06/2024,NO,silver
`;
const CONTRACTS = `Subscription ID,Account ID,Start date,Plan,Price
S1,A1,01/05/2024,Gold,200
S2,A9,01/05/2024,Silver,30
`;

let begun, base, files;

before(async () => {
  begun = await laer8.begin();
  const data = ["--data-dir", join(begun.folder, "data")];
  assert.equal(spawnSync(laer8.PROGRAM, ["demo", "--accounts", "20", ...data]).status, 0);
  await mkdir(join(begun.folder, "files"));
  files = ["accounts-2026-05.csv", "contracts.csv"].map((name) => join(begun.folder, "files", name));
  await writeFile(files[0], ACCOUNTS);
  await writeFile(files[1], CONTRACTS);
  Object.assign(begun, await laer8.serve(["demo", ...data]));
  base = begun.base;
});

after(() => laer8.end(begun));

const open = (how) => laer8.open(begun.browser, how);

/** Uploads the files; the page is then that of their columns. */
async function upload(page) {
  await page.goto(base + NEW);
  await page.locator("#file").setInputFiles(files);
  await page.locator('form[enctype] button').click();
  await page.waitForURL(/imports\/new\/\w+$/);
}

/** Answers what is open, under that name of the source. */
async function answer(page, source) {
  await page.locator('[name="source"]').fill(source);
  if ((await page.locator('[name="currency"]').inputValue()) === "") await page.locator('[name="currency"]').fill("EUR");
  for (const field of await page.locator(".asked select").all()) await field.selectOption({ index: 1 });
}

for (const [language, theme, width] of laer8.EYES) {
  test(`every step is well in ${language}, ${theme}, ${width} px`, async () => {
    const { page, context, complaints } = await open({ language, theme, width });
    const found = [];
    const look = async (step) => {
      await laer8.still(page);
      found.push(...(await laer8.wrong(page)));
      await laer8.picture(page, `wizard-${step}-${language}-${theme}-${width}`);
    };
    await page.goto(base + NEW);
    await look("1-files");
    await upload(page);
    await look("2-columns");
    await answer(page, `crm_${language}_${theme}_${width}`);
    await page.locator('button[value="check"]').click();
    await page.locator('form.buttons button').waitFor();
    await look("3-check");
    await page.locator('form.buttons button').click();
    await page.locator('p.buttons a.primary').waitFor();
    await look("4-import");
    await page.locator('p.buttons a.primary').click();
    await page.waitForURL(/imports\/\d+$/);
    assert.deepEqual([...found, ...complaints], []);
    await context.close();
  });
}

test("what was imported once is known the next time", async () => {
  const { page, context, complaints } = await open();
  await upload(page);
  await page.getByText("were last read").waitFor();
  assert.equal(await page.locator(".todo").count(), 0, "nothing is asked again");
  assert.equal(await page.locator('[name="t.0.name"]').inputValue(), "accounts-*.csv");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a column becomes something else, and it is kept", async () => {
  const { page, context, complaints } = await open();
  await upload(page);
  const tier = page.getByLabel("Tier: Becomes");
  await tier.selectOption("industry");
  await page.locator('button[value="save"]').click();
  await laer8.still(page);
  await page.reload();
  assert.equal(await tier.inputValue(), "industry");
  await page.locator("form.after button").click();
  await page.waitForURL(base + NEW);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("without a script the same forms lead to the same end", async () => {
  const { page, context } = await open({ scripts: false });
  await upload(page);
  await answer(page, "plain");
  await page.locator('button[value="check"]').click();
  await page.locator('form.buttons button').waitFor({ timeout: 20_000 });
  await page.getByText("1 row would be refused").waitFor();
  await page.locator('form.buttons button').click();
  await page.locator('p.buttons a.primary').waitFor({ timeout: 20_000 });
  await page.locator('p.buttons a.primary').click();
  await page.getByRole("heading", { name: "Import of plain" }).waitFor();
  await context.close();
});
