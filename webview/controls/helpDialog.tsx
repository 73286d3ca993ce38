import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from './button';

export interface HelpDialogProperties {
  /** Opened by `showModal()`. */
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly shortcuts: readonly (readonly [keys: string, what: string])[];
  /** What the words of the panel mean. */
  readonly definitions?: readonly (readonly [term: string, meaning: string])[];
}

/** Definitions, where there are some, and a list of keyboard shortcuts. */
export function HelpDialog({ dialog, shortcuts, definitions = [] }: HelpDialogProperties) {
  const title = useId();
  return (
    <dialog ref={dialog} class="help" aria-labelledby={title}>
      {definitions.length > 0 && (
        <>
          <h2>{l10n.t('What is measured')}</h2>
          <dl class="definitions">
            {definitions.map(([term, meaning]) => (
              <>
                <dt>{term}</dt>
                <dd>{meaning}</dd>
              </>
            ))}
          </dl>
        </>
      )}
      <h2 id={title}>{l10n.t('Keyboard shortcuts')}</h2>
      <dl>
        {shortcuts.map(([keys, what]) => (
          <>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </>
        ))}
      </dl>
      <Button label={l10n.t('Close')} primary onClick={() => dialog.current?.close()} />
    </dialog>
  );
}
