/** The theme's colours for canvases, which style sheets do not reach. */

/** The value of `--vscode-NAME`, or of the first of the others that the theme defines. */
export function themeColour(...names: readonly string[]): string {
  const style = getComputedStyle(document.documentElement);
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
