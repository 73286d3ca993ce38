/**
 * Handles keys of the whole page, unless the focus is in a control that takes them.
 * @param controls a selector of such controls
 * @param take handles a key; @returns whether it did
 */
export function onPageKey(controls: string, take: (key: string) => boolean): void {
  document.addEventListener('keydown', (event) => {
    const inControl = event.target instanceof HTMLElement && event.target.closest(controls) !== null;
    if (event.ctrlKey || event.metaKey || event.altKey || inControl) return;
    if (take(event.key)) event.preventDefault();
  });
}
