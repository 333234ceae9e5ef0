import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

export const colorSchemes = ["light", "dark"] as const;

export async function expectAccessible(page: Page) {
  // What is scrolled behind the header is covered by it, and too small a target only for as long.
  await page.evaluate(() => window.scrollTo(0, 0));
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect(found, `at ${page.url()}`).toEqual([]);
}

/** What is on screen breaks no rule, light or dark. */
export async function expectAccessibleInBoth(page: Page) {
  for (const colorScheme of colorSchemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    await expectAccessible(page);
  }
}

export async function expectNoOverflow(page: Page) {
  const { width, shown } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    shown: document.documentElement.clientWidth,
  }));
  expect(width, `at ${page.url()} nothing stands beside the page`).toBeLessThanOrEqual(shown);
}
