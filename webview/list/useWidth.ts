import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** The width of an element in pixels, which is known once it is laid out; zero before. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => setWidth(element.current?.clientWidth ?? 0);
    const observer = new ResizeObserver(measure);
    if (element.current !== null) observer.observe(element.current);
    measure();
    return () => observer.disconnect();
  }, []);
  return width;
}
