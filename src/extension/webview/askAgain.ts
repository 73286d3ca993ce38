/**
 * A script that runs first in every page, and asks again for a page's module or style sheet that did not come. VS Code serves a page's files by a
 * service worker, which on a busy machine is not there yet for the first page of a window, or for two that open at
 * once, as in a diff: such a page stayed blank.
 *
 * A browser remembers for each address that a module did not come, and a chunk's address follows from its page's. So
 * each time the folder's address has one slash more, which names the same files by other addresses.
 *
 * @param refusal what the page says when they never come
 */
export function askAgain(refusal: string): string {
  return `
let failures = 0;
document.addEventListener('error', ({ target }) => {
  if (!(target instanceof HTMLScriptElement || target instanceof HTMLLinkElement)) return;
  if (++failures > 100) {
    document.body.textContent = ${scriptText(refusal)};
    return;
  }
  const again = document.createElement(target.tagName);
  for (const { name, value } of target.attributes) again.setAttribute(name, value);
  again.nonce = target.nonce;
  if (target.src) again.src = target.src.replace(/[^/]*$/, '/$&');
  setTimeout(() => target.replaceWith(again), 250);
}, true);
`;
}

/** JSON that ends no script element: "<" occurs in strings only. */
export function scriptText(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
