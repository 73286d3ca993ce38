import { computed, type ReadonlySignal } from '@preact/signals';

/** A computed value that stays the same object while its content does, so that nothing is done anew for it. */
export function steady<Value>(of: () => Value): ReadonlySignal<Value> {
  let last: { readonly value: Value; readonly text: string } | undefined;
  return computed(() => {
    const value = of();
    const text = JSON.stringify(value);
    if (last?.text !== text) last = { value, text };
    return last.value;
  });
}
