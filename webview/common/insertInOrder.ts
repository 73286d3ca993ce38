/**
 * Puts a part among its parent's others in the order of their places, for those who read the page by its order.
 * @param parts by place, this one among them
 */
export function insertInOrder(
  parent: HTMLElement,
  parts: ReadonlyMap<number, { readonly element: HTMLElement }>,
  place: number,
): void {
  const part = parts.get(place);
  if (part === undefined) return;
  const next = [...parts.keys()].filter((other) => other > place).sort((a, b) => a - b)[0];
  parent.insertBefore(part.element, next === undefined ? null : (parts.get(next)?.element ?? null));
}
