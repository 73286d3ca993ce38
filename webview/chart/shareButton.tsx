import type { ComponentChildren } from 'preact';
import './shareButton.css';

export interface ShareButtonProperties {
  /** What there is so much of: a word, with a mark before or a tag behind it. */
  readonly children: ComponentChildren;
  /** 0 … 1, drawn as a bar. */
  readonly share: number;
  /** The amount as it is read. */
  readonly text: string;
  readonly pressed: boolean;
  readonly title: string;
  /** For screen readers, where the visible words do not say it all. */
  readonly label?: string | undefined;
  readonly disabled?: boolean;
  readonly class?: string | undefined;
  readonly onClick: () => void;
}

/** A share as a bar between its name and its number, to be chosen. */
export function ShareButton({ children, share, text, pressed, label, class: kind, ...button }: ShareButtonProperties) {
  return (
    <button
      {...button}
      class={kind === undefined ? 'share-button' : `share-button ${kind}`}
      aria-pressed={pressed}
      aria-label={label}
    >
      <span class="share-name">{children}</span>
      <span class="share-track" aria-hidden="true">
        <span style={{ width: `${100 * share}%` }} />
      </span>
      <span class="share-text">{text}</span>
    </button>
  );
}
