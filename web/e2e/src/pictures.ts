import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const IMAGES = fileURLToPath(new URL("../../../docs/images/", import.meta.url));

/** Takes the picture that the documentation shows under this name: into it on request, otherwise only into `folder`. */
export async function takePicture(page: Page, name: string, folder: string): Promise<Buffer> {
  const target = process.env["ORRERY_SCREENSHOTS"] === "1" ? IMAGES : folder;
  await mkdir(target, { recursive: true });
  return page.screenshot({ path: join(target, `${name}.png`) });
}

/** Takes a picture for a person to look at, into the folder that `ORRERY_PICTURES` names; none without it. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const target = process.env["ORRERY_PICTURES"];
  if (target === undefined) return;
  await mkdir(target, { recursive: true });
  await page.screenshot({ path: join(target, `${name}.png`) });
}
