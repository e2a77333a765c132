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
const PEOPLE = [
  ["ana@example.com", "Ana Silva", "admin"],
  ["tom@example.com", "Tom Ashby", "manager"],
  ["eva@example.com", "Eva Roca", "member"],
];

/** Files of a CRM in which some rows are wrong, as they always are. */
const FILES = {
  "customers.csv": `id,name,country,since
C-101,Nordkap Shipping,NO,2025-02-01
C-102,Azulejos del Sur,ES,2025-03-14
C-103,Bellweather Print,GB,2025-13-02
C-104,Halden Dairy,NO,2025-06-30
C-102,Azulejos Levante,ES,2025-07-01
C-106,,PT,2025-08-19
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
      await page.goto(base + (path ?? (await firstToCall(page, base))), { waitUntil: "networkidle" });
      if (path === EDIT) await changeAWeight(page);
      const height = Math.min(HIGHEST, await page.evaluate(() => document.documentElement.scrollHeight));
      await page.setViewportSize({ width: phone ? 390 : 1440, height: phone ? 844 : Math.max(height, 640) });
      await page.screenshot({ path: join(OUT, `${name}-${look}.png`) });
      await context.close();
    }
  }
}

/** The account that stands first on Today. */
async function firstToCall(page, base) {
  await page.goto(`${base}/today`);
  return page.locator(".queue .name").first().getAttribute("href");
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

  const files = join(begun.folder, "crm-export");
  await mkdir(files);
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(files, name), text);
  const mapping = join(begun.folder, "mapping.toml");
  await writeFile(mapping, MAPPING);
  run(["import", "--mapping", mapping, "crm-export"], 3);
  Object.assign(begun, await laer8.serve(["demo", ...data]));
  await take(begun.base, IMPORTED);
  begun.server.kill();

  Object.assign(begun, await laer8.serve(["serve", ...data]));
  await choosePassword(begun.base, PEOPLE[0][0]);
  await take(begun.base, [["sign-in", "/sign-in", ["en-light", "es-dark"]]]);
} finally {
  await laer8.end(begun);
}
