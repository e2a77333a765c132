// What every test here begins with: the program, a browser, and an eye for
// what is wrong with a page.
//
// LAER8_BIN names the program, LAER8_CHROMIUM the browser. With LAER8_PICTURES,
// a folder, a picture of each page is left there to be looked at.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright";

export const PROGRAM = process.env.LAER8_BIN ?? "../../../../target/debug/laer8";
const CHROMIUM = process.env.LAER8_CHROMIUM ?? "/usr/bin/chromium";
const PICTURES = process.env.LAER8_PICTURES;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The combinations that find most: both languages, both themes, wide and narrow. */
export const EYES = [["en", "light", 1440], ["es", "dark", 1440], ["es", "light", 390], ["en", "dark", 390]];

/** A folder of its own, and a browser. */
export async function begin() {
  const folder = await mkdtemp(join(tmpdir(), "laer8-browser-"));
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  return { folder, browser };
}

/** Ends all that was begun. */
export async function end({ folder, browser, server }) {
  await browser?.close();
  server?.kill();
  if (folder) await rm(folder, { recursive: true, force: true });
}

/** Starts the program as a server and waits for what it says: a match of `wanted` on its output. */
export async function serve(args, wanted = /http:\/\/[\d.]+:\d+/) {
  const server = spawn(PROGRAM, [...args, "--listen", "127.0.0.1:0", "--lang", "en"]);
  const match = await new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (text) => {
      said += text;
      const found = said.match(wanted);
      if (found) resolve(found);
    });
    server.stderr.on("data", (text) => { said += text; });
    server.on("error", reject);
    server.on("exit", () => reject(new Error(`the server ended: ${said}`)));
  });
  return { server, match, base: match[0].match(/http:\/\/[\d.]+:\d+/)[0] };
}

/** A page as somebody has it: language, theme, width, with or without scripts, signed in or not. */
export async function open(browser, { language = "en", theme = "light", width = 1440, scripts = true, signedIn } = {}) {
  const viewport = { width, height: 1000 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, storageState: signedIn });
  const cookie = (name, value) => ({ name, value, domain: "127.0.0.1", path: "/" });
  await context.addCookies([cookie("laer8_lang", language), cookie("laer8_theme", theme)]);
  if (scripts) await context.addInitScript(countRequests);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, context, complaints };
}

/** Keeps in a page how many answers it waits for. */
function countRequests() {
  window.underWay = 0;
  document.addEventListener("htmx:before:request", () => { window.underWay += 1; });
  document.addEventListener("htmx:finally:request", () => { window.underWay -= 1; });
}

/** Waits until what was clicked has changed the page; a page that is loaded is waited for anyway. */
export async function still(page) {
  await page.waitForLoadState();
  if (await page.evaluate(() => window.underWay > 0)) await page.waitForFunction(() => window.underWay === 0);
}

/** What is wrong with the page as it stands: too wide, or not for everybody. */
export async function wrong(page) {
  const path = new URL(page.url()).pathname;
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map((it) => `${path} ${it.id}: ${it.nodes[0].target.join(" ")} (${it.nodes.length})`);
  if (wider > 0) found.push(`${path} is ${wider} px wider than the window`);
  return found;
}

/** Leaves a picture, where somebody wants to look at them. */
export async function picture(page, name, fullPage = true) {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage });
}

/** Goes by Tab to where `locator` has the focus, as somebody without a mouse does. */
export async function tabTo(page, locator, most = 120) {
  for (let step = 0; step < most; step += 1) {
    if (await locator.evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${locator}`);
}
