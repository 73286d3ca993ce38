/** Announces changes to screen readers that happen away from the focus. */
import { signal } from '@preact/signals';

const said = signal('');
let timer: ReturnType<typeof setTimeout> | undefined;

/** What was said goes away again, so that nobody reads later what is no longer true. */
const STAYS_MILLISECONDS = 10_000;

export function announce(text: string): void {
  said.value = text;
  clearTimeout(timer);
  timer = setTimeout(() => (said.value = ''), STAYS_MILLISECONDS);
}

/** The live region, once a page. */
export function LiveRegion() {
  return (
    <div class="screen-reader-only" role="status" aria-live="polite">
      {said}
    </div>
  );
}
