/** What the gallery works with: its page, and its grid while that is there. */
import type { GalleryHostContract, GalleryPageContract } from '../../src/protocol/gallery';
import type { Page } from '../frame';
import type { SavedState } from './savedState';

export type GalleryPage = Page<GalleryPageContract, GalleryHostContract, SavedState>;

/** What the gallery does with its grid. */
export interface GridHandle {
  /** The first visible position. */
  readonly top: () => number;
  /** Scrolls as little as is needed to show a position. */
  readonly reveal: (position: number) => void;
  readonly scrollTo: (position: number) => void;
  readonly focus: () => void;
}
