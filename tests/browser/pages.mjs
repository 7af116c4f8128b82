// The HTML reports in a real browser: no message on the console, no request, filter, keyboard, themes, an accessibility
// audit, and ten thousand endpoints. Usage: node pages.mjs BINARY [FOLDER FOR SCREENSHOTS]
import { AxeBuilder } from "@axe-core/playwright";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [binary, shots] = process.argv.slice(2).map((path) => path && resolve(path));
const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), "verpolicy-pages-"));
let passed = 0;
const failures = [];

function check(what, holds, found = "") {
  if (holds) passed += 1;
  else failures.push(`${what} ${found}`);
}

/** A crate whose axum router serves `count` routes; the new one answers another type. */
function crate(name, count, type) {
  const root = join(work, name);
  mkdirSync(join(root, "src"), { recursive: true });
  writeFileSync(join(root, "Cargo.toml"), `[package]\nname = "many"\nversion = "1.0.0"\nedition = "2024"\n\n[dependencies]\naxum = "0.8"\n`);
  const routes = Array.from({ length: count }, (_, i) => `        .route("/things/${i}/parts", get(answer))`).join("\n");
  writeFileSync(
    join(root, "src/main.rs"),
    `use axum::{Json, Router, routing::get};\n\nasync fn answer() -> Json<${type}> {\n    todo!()\n}\n\nfn app() -> Router {\n    Router::new()\n${routes}\n}\n\nfn main() {}\n`,
  );
  return root;
}

function written(name, args) {
  const path = join(work, `${name}.html`);
  execFileSync(binary, [...args, "--implicit", "routes", "--output", `html=${path}`], { cwd: work, stdio: ["ignore", "ignore", "inherit"] });
  return path;
}

const report = join(work, "report.html");
copyFileSync(join(here, "../formats/verbose.html.txt"), report);
const verdicts = join(work, "verdicts.html");
copyFileSync(join(here, "../formats/verdicts.html.txt"), verdicts);

const browser = await chromium.launch({
  executablePath: ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path)),
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function open(path, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) said.push(`asked for ${request.url()}`);
  });
  await page.goto(pathToFileURL(path).href);
  return { page, said, close: () => context.close() };
}

async function shot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: false });
}

async function audit(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  check(`${what}: accessibility`, violations.length === 0, JSON.stringify(violations.map((v) => [v.id, v.nodes.map((n) => n.html).slice(0, 3)])));
}

for (const colorScheme of ["light", "dark"]) {
  const { page, said, close } = await open(report, { colorScheme, viewport: { width: 1200, height: 900 } });
  const shown = () => page.locator("details.item:visible").count();
  check(`${colorScheme}: every finding is there`, (await shown()) === 5, await shown());
  check(`${colorScheme}: counts are said`, (await page.locator("#shown").textContent()) === "5 of 5 shown");
  await shot(page, `report-${colorScheme}`);
  await audit(page, `report, ${colorScheme}`);

  await page.keyboard.press("/");
  await page.keyboard.type("nick");
  await page.waitForFunction(() => document.getElementById("shown").textContent === "1 of 5 shown");
  check(`${colorScheme}: search finds one`, (await shown()) === 1);
  await page.keyboard.press("Escape");
  check(`${colorScheme}: escape clears`, (await shown()) === 5);

  await page.locator("#search").blur();
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  const focused = () => page.evaluate(() => document.activeElement.querySelector(".rule")?.textContent);
  check(`${colorScheme}: n goes on`, (await focused()) === "request-field-removed", await focused());
  await page.keyboard.press("p");
  check(`${colorScheme}: p goes back`, (await focused()) === "request-required-field-added", await focused());
  const open1 = await page.locator("details.item").first().getAttribute("open");
  await page.keyboard.press("Enter");
  check(`${colorScheme}: enter folds`, (await page.locator("details.item").first().getAttribute("open")) !== open1);

  await page.locator("input[value=refused]").uncheck();
  check(`${colorScheme}: boxes filter`, (await shown()) === 2, await shown());
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await back();
  await page.locator("#theme").click();
  check(`${colorScheme}: the theme turns`, (await back()) !== before);
  await audit(page, `report, ${colorScheme}, turned`);
  check(`${colorScheme}: the console is silent`, said.length === 0, said.join("; "));
  await close();
}

{
  const { page, said, close } = await open(verdicts, { viewport: { width: 360, height: 740 } });
  await shot(page, "verdicts-narrow");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
  check("narrow: nothing runs off the side", !wide);
  await page.locator("#group").selectOption("calm");
  check("narrow: one package", (await page.locator(".group:visible").count()) === 1);
  await audit(page, "verdicts");
  check("narrow: the console is silent", said.length === 0, said.join("; "));
  await close();
}

const history = join(work, "history.html");
copyFileSync(join(here, "../formats/history.html.txt"), history);
for (const colorScheme of ["light", "dark"]) {
  const { page, said, close } = await open(history, { colorScheme, viewport: { width: 1000, height: 700 } });
  const rows = () => page.locator("tr.item:visible").count();
  check(`history, ${colorScheme}: every endpoint has a line`, (await rows()) === 3, await rows());
  await shot(page, `history-${colorScheme}`);
  await audit(page, `history, ${colorScheme}`);
  for (const word of ["born", "widened", "deprecated"]) await page.locator(`input[value=${word}]`).uncheck();
  check(`history, ${colorScheme}: events filter`, (await rows()) === 2, await rows());
  await page.locator("#search").fill("post");
  await page.waitForFunction(() => document.getElementById("shown").textContent.startsWith("1 of "));
  check(`history, ${colorScheme}: search finds one`, (await rows()) === 1, await rows());
  check(`history, ${colorScheme}: the console is silent`, said.length === 0, said.join("; "));
  await close();
}

{
  const { page, close } = await open(report, { javaScriptEnabled: false });
  check("without scripts: it can be read", (await page.locator("details.item:visible").count()) === 5);
  await close();
}

if (binary) {
  const old = crate("old", 10000, "u8");
  const now = crate("now", 10000, "String");
  const pages = {
    list: written("list", ["list", `path:${now}`]),
    diff: written("diff", ["diff", `path:${old}`, `path:${now}`]),
    added: written("added", ["diff", `path:${crate("few", 1, "String")}`, `path:${now}`]),
  };
  for (const [name, path] of Object.entries(pages)) {
    const { page, said, close } = await open(path, { viewport: { width: 1200, height: 900 } });
    const total = await page.locator(".item").count();
    check(`${name}: everything is listed`, name === "diff" ? total >= 1 : total >= 9999, total);
    const spent = await page.evaluate(async () => {
      const search = document.getElementById("search");
      const start = performance.now();
      search.value = "/things/777/";
      search.dispatchEvent(new Event("input"));
      while (!/^1 of /.test(document.getElementById("shown").textContent) && performance.now() - start < 5000) {
        await new Promise((done) => setTimeout(done, 10));
      }
      return performance.now() - start;
    });
    if (name !== "diff") check(`${name}: search answers`, spent < 5000, `${spent} ms`);
    console.log(`${name}: ${total} items, search after ${Math.round(spent)} ms`);
    await shot(page, `many-${name}`);
    check(`${name}: the console is silent`, said.length === 0, said.join("; "));
    await close();
  }
}

await browser.close();
for (const failure of failures) console.error(`failed: ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
