/** A row of marks, one for each epoch: tall where the prediction is right, short where it is wrong. */
import { h } from '../common/dom';

interface Mark {
  readonly epoch: number;
  readonly right: boolean;
}

export interface Strip {
  readonly element: HTMLElement;
  /** @param current the visible epoch */
  update(marks: readonly (Mark & { readonly name: string })[], current: number): void;
}

export function createStrip(onEpoch: (epoch: number) => void): Strip {
  const element = h('div', { class: 'right-wrong', role: 'img' });
  let shown = '';
  return {
    element,
    update(marks, current) {
      const key = JSON.stringify([marks, current]);
      if (key === shown) return;
      shown = key;
      const [only] = marks;
      const isAlone = only !== undefined && marks.length === 1;
      element.setAttribute('aria-label', isAlone ? markText(only) : stripText(marks));
      element.replaceChildren(
        ...marks.map(({ epoch, name, right }) => {
          const mark = h('span', {
            class: `step ${right ? 'right' : 'wrong'}${epoch === current ? ' current' : ''}`,
            title: markText({ name, right }),
          });
          mark.addEventListener('click', () => onEpoch(epoch));
          return mark;
        }),
      );
    },
  };
}

function markText({ name, right }: { readonly name: string; readonly right: boolean }): string {
  return `${name}: ${right ? 'right' : 'wrong'}`;
}

/** "Right at epochs 2 to 5, 7; wrong at 0, 1, 6" */
export function stripText(marks: readonly Mark[]): string {
  const at = (right: boolean): string => spans(marks.map((mark) => (mark.right === right ? mark.epoch : null)));
  const [right, wrong] = [at(true), at(false)];
  if (wrong === '') return `Right at epochs ${right}`;
  return right === '' ? `Wrong at epochs ${wrong}` : `Right at epochs ${right}; wrong at ${wrong}`;
}

/** Neighbours in the list become one span, whatever epochs lie between them. */
function spans(epochs: readonly (number | null)[]): string {
  const found: [first: number, last: number][] = [];
  let before: number | null = null;
  for (const epoch of epochs) {
    const open = found.at(-1);
    if (epoch !== null && before !== null && open !== undefined) open[1] = epoch;
    else if (epoch !== null) found.push([epoch, epoch]);
    before = epoch;
  }
  return found.map(([first, last]) => (first === last ? String(first) : `${first} to ${last}`)).join(', ');
}
