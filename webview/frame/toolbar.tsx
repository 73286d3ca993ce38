/** The controls of a panel: what is changed daily in sight, the rest behind *Appearance*, and what is done with it. */
import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { ExportKind } from '../../src/protocol/runPanel';
import { IconButton, MenuItem, Popover } from '../controls';

export interface ToolbarProperties {
  /** The name of what is chosen here, for screen readers. */
  readonly label: string;
  /** What is changed daily. */
  readonly children: ComponentChildren;
  /** What is changed now and then; drawn while it is open. */
  readonly appearance?: (() => ComponentChildren) | undefined;
  /** Icon buttons of this panel alone. */
  readonly actions?: ComponentChildren;
  readonly save?: SaveMenuProperties | undefined;
  /** Shows the keyboard shortcuts. */
  readonly onHelp?: (() => void) | undefined;
  /** What the help has, where that is not the keyboard shortcuts alone. */
  readonly helpLabel?: string | undefined;
}

const open = signal(false);

export function Toolbar({ label, children, appearance, actions, save, ...help }: ToolbarProperties) {
  const id = useId();
  return (
    <div class="toolbar">
      <div class="controls" role="group" aria-label={label}>
        {children}
        <div class="toolbar-actions" role="group" aria-label={l10n.t('Actions')}>
          {actions}
          {save !== undefined && <SaveMenu {...save} />}
          {appearance !== undefined && (
            <IconButton
              label={l10n.t('Appearance')}
              icon="settings"
              expanded={open.value}
              controls={id}
              onClick={() => (open.value = !open.value)}
            />
          )}
          {help.onHelp !== undefined && (
            <IconButton label={help.helpLabel ?? l10n.t('Keyboard shortcuts (?)')} icon="help" onClick={help.onHelp} />
          )}
        </div>
      </div>
      {appearance !== undefined && (
        <div id={id} class="controls look" role="group" aria-label={l10n.t('Appearance')} hidden={!open.value}>
          {open.value && appearance()}
        </div>
      )}
    </div>
  );
}

interface SaveMenuProperties {
  /** Called with what is chosen: a picture, or numbers. */
  readonly onSave: (kind: ExportKind) => void;
  /** Copies the picture, where the page can. */
  readonly onCopy?: (() => void) | undefined;
  readonly disabled?: boolean;
}

/** What is shown, as files or on the clipboard. */
function SaveMenu({ onSave, onCopy, disabled = false }: SaveMenuProperties) {
  return (
    <Popover label={l10n.t('Save')} icon="save" alone disabled={disabled}>
      {(close) => {
        const item = (label: string, icon: 'save' | 'table' | 'copy', act: () => void) => (
          <MenuItem
            label={label}
            icon={icon}
            onClick={() => {
              close();
              act();
            }}
          />
        );
        return (
          <div class="menu">
            {item(l10n.t('Export the Figure as PNG…'), 'save', () => onSave('png'))}
            {item(l10n.t('Export the Values as CSV…'), 'table', () => onSave('csv'))}
            {onCopy !== undefined && item(l10n.t('Copy the Figure'), 'copy', onCopy)}
          </div>
        );
      }}
    </Popover>
  );
}
