/** The browser of tests, benchmarks and the proof; JavaScript, so that Node runs it without a build. */
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env["CHROME_PATH"] ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
  });
}

/**
 * A page that can import these modules and fetch these files, and nothing else: they are handed to it without a server.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {Readonly<Record<string, string>>} files path within the page's origin, such as `/rules.js` → path on disk
 * @returns {Promise<import("playwright-core").Page>}
 */
export async function openWith(browser, files) {
  const page = await browser.newPage();
  await page.route("**/*", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") return route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
    const path = files[pathname];
    return path === undefined ? route.abort() : route.fulfill({ path, contentType: contentType(path) });
  });
  await page.goto("http://localhost/");
  return page;
}

/** @param {string} path */
function contentType(path) {
  return /\.m?js$/.test(path) ? "text/javascript" : "application/octet-stream";
}
