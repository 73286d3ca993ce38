/** The one frame of all panels: controls, the line of progress and errors, and the content or what is shown instead. */
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { LiveRegion } from './announce';
import type { Note } from './page';
import './theme.css';
import './frame.css';

export interface FrameProperties {
  /** Undefined where there is nothing to control yet. */
  readonly toolbar: ComponentChildren;
  /** Progress and errors of what is computed. */
  readonly banner?: ComponentChildren;
  readonly note: ReadonlySignal<Note | undefined>;
  /** Why there is no content, and what to do; in place of the content. */
  readonly instead?: ComponentChildren;
  /** Dialogs over everything. */
  readonly dialogs?: ComponentChildren;
  readonly children?: ComponentChildren;
}

export function Frame({ toolbar, banner, note, instead, dialogs, children }: FrameProperties) {
  const isEmpty = instead !== undefined && instead !== null && instead !== false;
  return (
    <>
      <main>
        {toolbar}
        <div class="banners">
          {banner}
          {note.value !== undefined && <div class={note.value.failed ? 'note failed' : 'note'}>{note.value.text}</div>}
        </div>
        {isEmpty ? <div class="empty">{instead}</div> : children}
      </main>
      {dialogs}
      <LiveRegion />
    </>
  );
}
