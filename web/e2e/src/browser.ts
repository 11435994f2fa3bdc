import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A tab of its own context: it shares neither storage nor window with any other. */
export interface Tab {
  readonly page: Page;
  /** What went wrong in it: exceptions nobody caught, and errors on its console. */
  readonly problems: readonly string[];
}

export interface TabOptions extends BrowserContextOptions {
  /** Errors on the console that this test brings about itself. */
  readonly forgive?: RegExp;
}

export async function openTab(browser: Browser, { forgive, ...options }: TabOptions): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.stack ?? error.message));
  page.on("console", (message) => {
    if (message.type() !== "error" || forgive?.test(message.text())) return;
    problems.push(`${message.text()} (${message.location().url})`);
  });
  return { page, problems };
}
