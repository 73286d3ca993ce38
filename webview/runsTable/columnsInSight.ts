/** Which columns are in sight: of many, only these and those that stay at the left have cells. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Head } from './columnHeads';

/** Columns this close to an edge, in CSS pixels, are drawn, too. */
const MARGIN = 120;

/** The indices of the heads that are in sight, or stay. */
export function inSight(heads: readonly Head[], scrollLeft: number, width: number): number[] {
  return heads.flatMap((head, at) => {
    const isNear = head.start + head.width > scrollLeft - MARGIN && head.start < scrollLeft + width + MARGIN;
    return head.left !== undefined || isNear ? [at] : [];
  });
}

/** @returns the heads in sight, with their indices among all */
export function useColumnsInSight(
  scroller: RefObject<HTMLElement | null>,
  heads: readonly Head[],
  width: number,
): Head[] {
  const now = (): string => inSight(heads, scroller.current?.scrollLeft ?? 0, width).join();
  const [, setSeen] = useState('');
  useEffect(() => {
    const element = scroller.current;
    const look = (): void => setSeen(now());
    element?.addEventListener('scroll', look, { passive: true });
    return () => element?.removeEventListener('scroll', look);
  });
  return inSight(heads, scroller.current?.scrollLeft ?? 0, width).flatMap((at) => heads[at] ?? []);
}

/** Scrolls a column into sight that does not stay, past those that do. */
export function revealColumn(scroller: HTMLElement, heads: readonly Head[], column: number): void {
  const head = heads[column];
  if (head?.left !== undefined || head === undefined) return;
  const staying = heads.reduce((sum, each) => sum + (each.left === undefined ? 0 : each.width), 0);
  const end = head.start + head.width - scroller.clientWidth;
  if (head.start - staying < scroller.scrollLeft) scroller.scrollLeft = head.start - staying;
  else if (end > scroller.scrollLeft) scroller.scrollLeft = end;
}
