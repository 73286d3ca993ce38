/**
 * A script that runs first in every page, and asks again for a script or a style sheet that did not come. VS Code serves
 * a page's files by a service worker, which on a busy machine is not there yet for the first page of a window, or for
 * two that open at once, as in a diff: such a page stayed blank.
 */
export const ASK_AGAIN = `
let failures = 0;
document.addEventListener('error', ({ target }) => {
  if (!(target instanceof HTMLScriptElement || target instanceof HTMLLinkElement)) return;
  if (++failures > 100) {
    document.body.textContent = 'VS Code does not serve the files of this page. Close it and open it again.';
    return;
  }
  const again = document.createElement(target.tagName);
  for (const { name, value } of target.attributes) again.setAttribute(name, value);
  again.nonce = target.nonce;
  setTimeout(() => target.replaceWith(again), 250);
}, true);
`;
