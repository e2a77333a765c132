// The pictures in docs/pages: each page once, some in Spanish, dark, or as a
// phone has them. `make pictures` takes them anew, from the demo company as it
// is today, so every figure in them can be found in `make demo`.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as laer8 from "./browser.mjs";

const OUT = process.env.LAER8_PICTURES ?? "../../../../docs/pages";
/** No picture is higher: what counts stands at the top of a page. */
const HIGHEST = 1000;
const EDIT = "/health/scorecards/growth/edit";

const PAGES = [
  ["today", "/today", ["en-light", "en-light-phone"]],
  ["accounts", "/accounts", ["en-light"]],
  ["accounts-filter", "/accounts?where=stage%3Drenew&pick=band&sort=-mrr", ["es-dark"]],
  ["account", undefined, ["en-light", "es-dark", "en-dark-phone"]],
  ["journey", "/journey", ["en-light", "es-dark"]],
  ["health", "/health", ["en-light"]],
  ["revenue", "/revenue", ["en-light", "es-dark"]],
  ["scorecard", "/health/scorecards/growth", ["es-light"]],
  ["scorecard-edit", EDIT, ["en-light"]],
  ["settings", "/settings", ["es-light-phone"]],
  ["settings-users", "/settings/users", ["en-light"]],
  ["settings-audit", "/settings/audit", ["en-dark"]],
  ["api", "/api/docs/", ["en-light"]],
];
const IMPORTED = [
  ["imports", "/imports", ["en-light"]],
  ["import", "/imports/1", ["es-light"]],
  ["quarantine", "/quarantine", ["en-dark"]],
];
const LIVE = [
  ["joined", "/sources/identity", ["en-light"]],
  ["sources", "/sources", ["en-light"]],
  ["source", source, ["en-light", "es-dark"]],
];
const PEOPLE = [
  ["ana@example.com", "Ana Silva", "admin"],
  ["tom@example.com", "Tom Ashby", "manager"],
  ["eva@example.com", "Eva Roca", "member"],
];

/** Files of a CRM in which some rows are wrong, as they always are. */
const FILES = {
  "customers.csv": `id,name,domain,country,since
C-101,Nordkap Shipping,nordkap.example,NO,2025-02-01
C-102,Azulejos del Sur,azulejos.example,ES,2025-03-14
C-103,Bellweather Print,bellweather.example,GB,2025-13-02
C-104,Halden Dairy,halden.example,NO,2025-06-30
C-102,Azulejos Levante,levante.example,ES,2025-07-01
C-106,,,PT,2025-08-19
C-107,Halden Dairy Group,halden.example,NO,2025-09-01
`,
  "contracts.csv": `id,customer,plan,from,seats,monthly
K-1,C-101,Works Team,2025-02-01,12,480.00
K-2,C-102,Works Business,2025-03-14,40,2100.00
K-3,C-199,Works Team,2025-05-01,8,320.00
K-4,C-104,Works Team,2025-06-30,ten,400.00
`,
};
const MAPPING = `schema = 1
source = "crm"
currency = "EUR"
dates = ["%Y-%m-%d"]
[[file]]
name = "customers.csv"
record = "account"
[file.fields]
id = "id"
name = "name"
domain = "domain"
country = "country"
since = "since"
signed_up = "since"
[[file]]
name = "contracts.csv"
record = "subscription"
[file.fields]
id = "id"
account = "customer"
start = "from"
plan = "plan"
quantity = "seats"
price = "monthly"
price_basis = { constant = "total" }
price_per = { constant = "month" }
`;


/** What billing calls the same companies. */
const BILLING = {
  "customers.csv": `number,company,domain,since
4711,Nordkap Shipping AS,www.nordkap.example,2025-02-03
4712,Azulejos del Sur SL,azulejos.example,2025-03-20
4713,Halden Dairy AS,halden.example,2025-07-02
`,
};
const BILLING_MAPPING = `schema = 1
source = "billing"
dates = ["%Y-%m-%d"]
[[file]]
name = "customers.csv"
record = "account"
[file.fields]
id = "number"
name = "company"
domain = "domain"
since = "since"
`;

/** Files for the wizard, with what such files hold. */
const SHEETS = {
  "accounts-2026-11.csv": `Account ID,Name,Created,Country,Tier
A-1,Fjord Analytics,03/04/2026,NO,gold
A-2,Panadería Luz,05/06/2026,ES,silver
A-3,Wexham Tools,17/09/2026,GB,silver
`,
  "contracts.csv": `Subscription ID,Account ID,Start date,Plan,Price
S-1,A-1,01/05/2026,Works Business,1200
S-2,A-2,01/07/2026,Works Team,240
S-3,A-9,01/10/2026,Works Team,180
`,
};

/** What people of two customers did in the product, and two who are not known yet. */
function events() {
  const batch = [];
  const put = (event) => batch.push({ messageId: `m-${batch.length}`, timestamp: new Date().toISOString(), ...event });
  for (const [group, user, name] of [["nordkap", "ida", "Nordkap"], ["sur", "luis", "Azulejos del Sur"]]) {
    put({ type: "identify", userId: user, traits: { email: `${user}@${group}.example` } });
    put({ type: "group", userId: user, groupId: group, traits: { name } });
    for (const event of ["Report Exported", "Board Shared", "Report Exported"]) put({ type: "track", userId: user, event });
  }
  for (let times = 0; times < 3; times += 1) put({ type: "track", userId: "mia", event: "Report Exported", context: { groupId: "C-104" } });
  put({ type: "track", userId: "guest-7", event: "Board Shared" });
  put({ type: "page", anonymousId: "device-1", name: "Pricing" });
  put({ type: "track", userId: "ida" });
  return [...batch, batch[3]];
}

async function send(base, key) {
  const headers = { "Content-Type": "application/json", Authorization: `Basic ${btoa(`${key}:`)}` };
  const body = JSON.stringify({ batch: events() });
  const answer = await fetch(`${base}/v1/batch`, { method: "POST", headers, body });
  assert.equal(answer.status, 200, await answer.text());
  // Its page follows by itself.
  const { page, context } = await laer8.open(begun.browser);
  await page.goto(base + (await source(page, base)));
  await page.locator('td a[href^="/accounts/"]').first().waitFor();
  await context.close();
}

const begun = await laer8.begin();
const data = ["--data-dir", join(begun.folder, "data")];

function run(args, expected = 0) {
  const { status, stderr, stdout } = spawnSync(resolve(laer8.PROGRAM), [...args, ...data], { cwd: begun.folder });
  assert.equal(status, expected, `${args.join(" ")}: ${stdout}${stderr}`);
  return String(stdout);
}

async function take(base, pages) {
  for (const [name, path, looks] of pages) {
    for (const look of looks) {
      const [language, theme, phone] = look.split("-");
      const { page, context } = await laer8.open(begun.browser, { language, theme, width: phone ? 390 : 1440 });
      // The first look at health works a year out.
      page.setDefaultNavigationTimeout(240_000);
      const to = typeof path === "function" ? await path(page, base) : (path ?? (await firstToCall(page, base)));
      await page.goto(base + to, { waitUntil: "load" });
      if (path === EDIT) await changeAWeight(page);
      const height = Math.min(HIGHEST, await page.evaluate(() => document.documentElement.scrollHeight));
      await page.setViewportSize({ width: phone ? 390 : 1440, height: phone ? 844 : Math.max(height, 640) });
      await page.screenshot({ path: join(OUT, `${name}-${look}.png`) });
      await context.close();
    }
  }
}

/** Where the first such link of a page leads. */
async function first(page, address, link) {
  await page.goto(address);
  return page.locator(`main ${link}`).first().getAttribute("href");
}

/** The page of the only source. */
function source(page, base) {
  return first(page, `${base}/sources`, 'a[href*="/sources/"]:not([href*="identity"])');
}

/** The account that stands first on Today. */
const firstToCall = (page, base) => first(page, `${base}/today`, ".queue .name");

/** The wizard: what its columns are, and what would happen. */
async function wizard(base, look, steps) {
  const [language, theme, phone] = look.split("-");
  const width = phone ? 390 : 1440;
  const { page, context } = await laer8.open(begun.browser, { language, theme, width });
  const shoot = async (name) => {
    if (!steps.includes(name)) return;
    const height = Math.min(HIGHEST, await page.evaluate(() => document.documentElement.scrollHeight));
    await page.setViewportSize({ width, height: phone ? 844 : Math.max(height, 640) });
    await page.screenshot({ path: join(OUT, `wizard-${name}-${look}.png`) });
  };
  await page.goto(`${base}/imports/new`);
  await page.locator("#file").setInputFiles(Object.keys(SHEETS).map((name) => join(begun.folder, "sheets", name)));
  await page.locator("form[enctype] button").click();
  await page.waitForURL(/imports\/new\/\w+$/);
  await shoot("columns");
  await page.locator('[name="source"]').fill("sales");
  await page.locator('[name="currency"]').fill("EUR");
  for (const field of await page.locator(".asked select").all()) await field.selectOption({ index: 1 });
  await page.locator('button[value="check"]').click();
  await page.locator("form.buttons button").waitFor();
  await shoot("check");
  await context.close();
}

/** Writes files into a folder of that name. */
async function files(name, contents) {
  await mkdir(join(begun.folder, name));
  for (const [file, text] of Object.entries(contents)) await writeFile(join(begun.folder, name, file), text);
}

/** Makes the first measure count for more, and waits for what that would do. */
async function changeAWeight(page) {
  const weight = page.locator('input[name^="w."]').first();
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await weight.fill("60");
  await weight.blur();
  await answer;
  await laer8.still(page);
}

/** Lets somebody in, so that there is a door to stand before. */
async function choosePassword(base, email) {
  const [link] = run(["user", "link", email, "--url", base]).match(/http:\S+/);
  const { page, context } = await laer8.open(begun.browser);
  await page.goto(link);
  for (const field of await page.locator("input[type=password]").all()) await field.fill("correct horse staple");
  await page.locator("button.primary").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/welcome"));
  await context.close();
}

try {
  await mkdir(OUT, { recursive: true });
  run(["demo"]);
  for (const [email, name, role] of PEOPLE) run(["user", "add", email, name, "--role", role]);
  Object.assign(begun, await laer8.serve(["demo", ...data]));
  await take(begun.base, PAGES);
  begun.server.kill();

  await files("crm-export", FILES);
  await files("billing-export", BILLING);
  await files("sheets", SHEETS);
  await files("mappings", { "crm.toml": MAPPING, "billing.toml": BILLING_MAPPING });
  run(["import", "--mapping", join("mappings", "crm.toml"), "crm-export"], 3);
  Object.assign(begun, await laer8.serve(["demo", ...data]));
  await take(begun.base, IMPORTED);
  begun.server.kill();

  run(["import", "--mapping", join("mappings", "billing.toml"), "billing-export"]);
  const { write_key: key } = JSON.parse(run(["source", "add", "product", "--format", "json"]));
  Object.assign(begun, await laer8.serve(["demo", ...data]));
  await send(begun.base, key);
  await take(begun.base, LIVE);
  await wizard(begun.base, "en-light", ["columns", "check"]);
  await wizard(begun.base, "es-dark-phone", ["columns"]);
  begun.server.kill();

  Object.assign(begun, await laer8.serve(["serve", ...data]));
  await choosePassword(begun.base, PEOPLE[0][0]);
  await take(begun.base, [["sign-in", "/sign-in", ["en-light", "es-dark"]]]);
} finally {
  await laer8.end(begun);
}
