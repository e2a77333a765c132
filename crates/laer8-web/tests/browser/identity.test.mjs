// Joined accounts in a real browser: two sources tell of one company, somebody
// parts the two and joins them again, and decides what no rule can.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as laer8 from "./browser.mjs";

const PAGE = "/sources/identity";
const DOCUMENT = "/settings/documents/identity/identity";

const mapping = (source) => `schema = 1
source = "${source}"
dates = ["%Y-%m-%d"]
[[file]]
name = "accounts.csv"
record = "account"
[file.fields]
id = "id"
name = "name"
domain = "domain"
owner = "owner"
since = "since"
[[file]]
name = "people.csv"
record = "person"
[file.fields]
id = "id"
account = "account"
name = "name"
email = "email"
since = "since"
`;

const SOURCES = {
  crm: {
    accounts: `id,name,domain,owner,since
A1,Helvetia Freight,helvetia.test,ana@example.com,2026-01-01
A2,Nordkap,nordkap.test,ana@example.com,2026-01-01
A3,Nordkap Group,nordkap.test,ben@example.com,2026-01-01
`,
    people: "id,account,name,email,since\nP1,A1,Ida Moser,ida@helvetia.test,2026-01-01\n",
  },
  billing: {
    accounts: `id,name,domain,owner,since
4711,Helvetia Freight AG,www.helvetia.test,cleo@example.com,2026-02-01
4712,Nordkap AS,nordkap.test,cleo@example.com,2026-02-01
`,
    people: "id,account,name,email,since\n9,4711,I. Moser,Ida@helvetia.test,2026-02-01\n",
  },
};

let begun, base, folder;

before(async () => {
  begun = await laer8.begin();
  folder = begun.folder;
  const data = ["--data-dir", join(folder, "data")];
  const run = (...args) => assert.equal(spawnSync(laer8.PROGRAM, [...args, ...data]).status, 0, args.join(" "));
  run("demo", "--accounts", "30");
  for (const [source, files] of Object.entries(SOURCES)) {
    await mkdir(join(folder, source));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, source, `${name}.csv`), text);
    await writeFile(join(folder, `${source}.toml`), mapping(source));
    run("import", "--mapping", join(folder, `${source}.toml`), join(folder, source));
  }
  Object.assign(begun, await laer8.serve(["demo", ...data]));
  base = begun.base;
});

after(() => laer8.end(begun));

const open = (how) => laer8.open(begun.browser, how);

for (const [language, theme, width] of laer8.EYES) {
  test(`every page is well in ${language}, ${theme}, ${width} px`, async () => {
    const { page, context, complaints } = await open({ language, theme, width });
    const found = [];
    for (const path of [PAGE, `${PAGE}?show=people`, `${PAGE}?show=undone`, DOCUMENT, "/imports"]) {
      await page.goto(base + path, { waitUntil: "load" });
      found.push(...(await laer8.wrong(page)));
      await laer8.picture(page, `${path.slice(1).replaceAll(/[/?=]/g, "-")}-${language}-${theme}-${width}`);
    }
    await page.goto(base + PAGE);
    await page.locator("#joins th a").first().click();
    await page.waitForURL(/accounts/);
    found.push(...(await laer8.wrong(page)));
    await laer8.picture(page, `joined-account-${language}-${theme}-${width}`);
    assert.deepEqual([...found, ...complaints], []);
    await context.close();
  });
}

for (const scripts of [true, false]) {
  test(`a join is undone and made again ${scripts ? "with" : "without"} a script`, async () => {
    const { page, context, complaints } = await open({ scripts });
    await page.goto(base + PAGE);
    await page.getByRole("button", { name: "Undo: Helvetia Freight + Helvetia Freight AG" }).click();
    await page.waitForURL(/undone=/);
    assert.match(await page.locator(".callout").innerText(), /are read as two again/);
    if (scripts) assert.deepEqual(await laer8.wrong(page), []);
    await page.getByRole("button", { name: "Join them again" }).click();
    await page.locator("#joins", { hasText: "A person decided" }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("what no rule can decide is decided by somebody", async () => {
  const { page, context, complaints } = await open();
  await page.goto(base + PAGE);
  await page.getByRole("checkbox", { name: "Nordkap", exact: true }).check();
  await page.getByRole("checkbox", { name: "Nordkap Group" }).check();
  await page.getByRole("button", { name: "Keep separate" }).click();
  await page.goto(base + PAGE);
  await page.getByRole("checkbox", { name: "Nordkap", exact: true }).check();
  await page.getByRole("checkbox", { name: "Nordkap AS" }).check();
  await page.getByRole("button", { name: "Merge" }).click();
  await page.locator("#open").waitFor({ state: "detached" });
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a document is tried before it counts", async () => {
  const { page, context, complaints } = await open();
  await page.goto(base + DOCUMENT);
  const text = await page.locator("#body").inputValue();
  await page.fill("#body", text.replace('"126.com"', '"126.com", "helvetia.test"'));
  await page.locator("#preview", { hasText: "It can be used." }).waitFor();
  await page.getByRole("button", { name: "See what it would join" }).click();
  await page.locator(".said", { hasText: "It would join 0 and part" }).waitFor();
  assert.deepEqual(await laer8.wrong(page), []);
  await laer8.picture(page, "identity-tried");
  assert.deepEqual(complaints, []);
  await context.close();
});
