/** Windows of a real browser on the demo's page. */
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const { SCREENSHOTS } = process.env;

export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
}

/** A browser without cookies, as it is on another machine. */
export function newcomer(
  browser: Browser,
  { width, height, scheme }: View,
): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width, height }, colorScheme: scheme });
}

/** A window, and what its page has thrown. */
export async function openWindow(context: BrowserContext, url: string): Promise<[Page, Error[]]> {
  const page = await context.newPage();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(url);
  return [page, errors];
}

/** Waits for an element whose text matches, shown or not. */
export function seen(page: Page, selector: string, text: RegExp): Promise<void> {
  return page.locator(selector, { hasText: text }).first().waitFor({ state: 'attached' });
}

/** The height of an element, in CSS pixels, as far as it is within the window. */
export async function visibleHeight(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) return 0;
  return Math.min(box.y + box.height, page.viewportSize()!.height) - Math.max(box.y, 0);
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

export async function picture(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS !== undefined) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
