/** The theme's colours for canvases, which style sheets do not reach. */
import { signal } from '@preact/signals';

/** The document's root, which has the theme's variables; a new object at each change of theme. */
const themes = signal({ root: document.documentElement });
onThemeChange(() => (themes.value = { root: document.documentElement }));

/**
 * The value of `--vscode-NAME`, or of the first of the others that the theme defines. A component that asks is drawn
 * again when the theme changes.
 */
export function themeColour(...names: readonly string[]): string {
  const style = getComputedStyle(themes.value.root);
  for (const name of names) {
    const value = style.getPropertyValue(`--vscode-${name}`).trim();
    if (value !== '') return value;
  }
  return getComputedStyle(document.body).color;
}

export function isHighContrast(): boolean {
  return /\bvscode-high-contrast/.test(document.body.className);
}

/** Reports a change of theme. VS Code replaces the variables on the root and the body's class. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
}
