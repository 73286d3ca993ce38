/**
 * Keys that are the whole page's, where the focus is in no control that takes them.
 * @param controls a selector of such controls
 * @param take does what a key means @returns whether it meant something
 */
export function onPageKey(controls: string, take: (key: string) => boolean): void {
  document.addEventListener('keydown', (event) => {
    const inControl = event.target instanceof HTMLElement && event.target.closest(controls) !== null;
    if (event.ctrlKey || event.metaKey || event.altKey || inControl) return;
    if (take(event.key)) event.preventDefault();
  });
}
