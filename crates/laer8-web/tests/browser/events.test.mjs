// Events that a product sends, seen in a real browser: an account that was silent is heard of again, and
// an open page of it says so by itself. Sources are added, looked at and changed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as laer8 from "./browser.mjs";

const MAPPING = `schema = 1
source = "product"
currency = "EUR"
dates = ["%Y-%m-%d"]
[[file]]
name = "accounts.csv"
record = "account"
[file.fields]
id = "id"
name = "name"
seats = "seats"
since = "since"
[[file]]
name = "subscriptions.csv"
record = "subscription"
[file.fields]
id = "id"
account = "account"
start = "start"
plan = "plan"
quantity = "seats"
price = "price"
price_per = { constant = "month" }
price_basis = { constant = "total" }
term_months = { constant = 12 }
auto_renew = { constant = true }
`;

const DAY = 86_400_000;
const ago = (days) => new Date(Date.now() - days * DAY);
const day = (days) => ago(days).toISOString().slice(0, 10);

let begun, base, key;

/** Sends events as Segment's SDKs do. */
async function send(events) {
  const headers = { "Content-Type": "application/json", Authorization: `Basic ${btoa(`${key}:`)}` };
  for (let from = 0; from < events.length; from += 200) {
    const body = JSON.stringify({ batch: events.slice(from, from + 200) });
    const answer = await fetch(`${base}/v1/batch`, { method: "POST", headers, body });
    assert.equal(answer.status, 200, await answer.text());
  }
}

let number = 0;
const used = (account, person, when) => ({
  type: "track",
  event: "Report Exported",
  messageId: `event-${(number += 1)}`,
  userId: `${account}-${person}`,
  context: { groupId: account },
  timestamp: when.toISOString(),
});

/** What people of an account did each day, from so many days ago to so many. */
function use(account, from, to) {
  const events = [];
  for (let days = from; days >= to; days -= 1) {
    for (let person = 0; person < 6; person += 1) events.push(used(account, person, ago(days)));
  }
  return events;
}

before(async () => {
  begun = await laer8.begin();
  const [data, files] = [join(begun.folder, "data"), join(begun.folder, "files")];
  await mkdir(files);
  await writeFile(join(files, "mapping.toml"), MAPPING);
  const since = day(150);
  const accounts = `id,name,seats,since\nquiet,Nordkap,10,${since}\nbusy,Sakura,10,${since}\n`;
  await writeFile(join(files, "accounts.csv"), accounts);
  const subscriptions = ["quiet", "busy"].map((id) => `${id}-1,${id},${since},Gold,10,1000`);
  await writeFile(join(files, "subscriptions.csv"), `id,account,start,plan,seats,price\n${subscriptions.join("\n")}\n`);
  const run = (...args) => {
    const done = spawnSync(laer8.PROGRAM, ["--data-dir", data, "--lang", "en", ...args], { encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr + done.stdout);
    return done.stdout;
  };
  run("import", "--mapping", join(files, "mapping.toml"), files);
  key = JSON.parse(run("source", "add", "product", "--format", "json")).write_key;
  run("user", "add", "ana@example.com", "Ana", "--role", "manager");
  const [link] = run("user", "link", "ana@example.com").match(/\/welcome\/\S+/);
  Object.assign(begun, await laer8.serve(["--data-dir", data, "serve"]));
  base = begun.base;
  await send([...use("quiet", 120, 25), ...use("busy", 120, 0)]);
  const { page, context } = await laer8.open(begun.browser);
  await page.goto(base + link);
  await page.fill('[name="password"]', "a horse in the rain");
  if (await page.locator('[name="again"]').count()) await page.fill('[name="again"]', "a horse in the rain");
  await page.locator("form button.primary, form.door button").first().click();
  await page.waitForURL(/today/);
  begun.signedIn = await context.storageState();
  await context.close();
});

after(() => laer8.end(begun));

const open = (how) => laer8.open(begun.browser, { signedIn: begun.signedIn, ...how });

/** What stands under Health. */
const score = (page) => page.locator(".kpis > div", { hasText: "Health" }).first().innerText();

test("an account that was silent is heard of again on the page that is open", async () => {
  const { page, context, complaints } = await open();
  await page.goto(`${base}/accounts?q=Nordkap`);
  await page.locator("[data-row] a", { hasText: "Nordkap" }).first().click();
  await page.waitForURL(/\/accounts\/\d+/);
  // What was sent before is worked in while somebody looks.
  const main = page.locator("#main");
  await main.getByText(/No use for \d+ days|silent|Silent/).first().waitFor();
  const before = await score(page);
  await page.evaluate(() => { window.isSame = true; });
  await send(Array.from({ length: 6 }, (_, person) => used("quiet", person, new Date())));
  await main.getByText(/No use for \d+ days|silent|Silent/).first().waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => window.isSame), true, "nobody loaded it again");
  assert.notEqual(await score(page), before, "the score is another");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a source is added, shows what came, and lets it be mended", async () => {
  const { page, context, complaints } = await open();
  await page.goto(`${base}/sources`);
  await page.fill('form [name="name"]', "website");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sources\/\d+/);
  const secret = await page.locator("input.secret").inputValue();
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ writeKey: secret, batch: [{ type: "page", name: "Pricing" }] });
  assert.equal((await fetch(`${base}/v1/batch`, { method: "POST", headers, body })).status, 200);
  // It comes to the page by itself.
  const refused = page.locator("#refused details");
  await refused.first().waitFor();
  await refused.first().locator("summary").click();
  await refused.first().locator("textarea").fill('{"type":"page","name":"Pricing","anonymousId":"device"}');
  await refused.first().locator("button").click();
  await page.getByText("One event was read again").waitFor();
  await page.getByText("waits for its account").first().waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("sources are for everybody, in both languages and themes, wide and narrow, without a script", async () => {
  for (const [language, theme, width] of laer8.EYES) {
    for (const scripts of [true, false]) {
      const { page, context } = await open({ language, theme, width, scripts });
      await page.goto(`${base}/sources`);
      if (scripts) assert.deepEqual(await laer8.wrong(page), []);
      await laer8.picture(page, `sources-${language}-${theme}-${width}`);
      await page.locator("tbody th a", { hasText: "product" }).click();
      await page.waitForURL(/\/sources\/\d+/);
      if (scripts) assert.deepEqual(await laer8.wrong(page), []);
      await laer8.picture(page, `source-${language}-${theme}-${width}`);
      await context.close();
    }
  }
});
