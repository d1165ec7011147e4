/** Running code in a page of a Chromium without a window and without anything from the network. */
import { chromium } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Evaluates an expression in an empty page after a script has run there.
 *
 * @param {string} executablePath of the browser
 * @param {string} script
 * @param {string} expression its value must survive JSON
 * @returns {Promise<{ version: string, value: any }>}
 */
export async function evaluateInChromium(executablePath, script, expression) {
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: script });
    return { version: browser.version(), value: await page.evaluate(expression) };
  } finally {
    await browser.close();
  }
}
