/** The menu of a row: what can be done with a run, or with all runs of a recipe. */
import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isPinned, type Row } from '../../src/comparison';
import type { RowAction, TableRun } from '../../src/protocol/runsTable';
import { MenuItem, type IconName } from '../controls';
import type { Actions } from './actions';

export interface OpenMenu {
  readonly row: Row;
  readonly left: number;
  readonly top: number;
}

export interface RowMenuProperties extends OpenMenu {
  readonly runs: ReadonlyMap<string, TableRun>;
  readonly actions: Actions;
  readonly onClose: () => void;
}

const MARGIN = 8;

export function RowMenu({ row, left, top, runs, actions, onClose }: RowMenuProperties) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const menu = element.current;
    if (menu === null) return;
    const before = document.activeElement;
    menu.showPopover();
    menu.style.left = `${Math.max(Math.min(left, innerWidth - menu.offsetWidth - MARGIN), MARGIN)}px`;
    menu.style.top = `${Math.max(Math.min(top, innerHeight - menu.offsetHeight - MARGIN), MARGIN)}px`;
    menu.querySelector<HTMLElement>('vscode-button')?.focus();
    // The browser's own dismissal takes the release of the right button, which opened the menu, for a click elsewhere.
    const dismiss = (event: PointerEvent): void => {
      if (!event.composedPath().includes(menu)) onClose();
    };
    document.addEventListener('pointerdown', dismiss);
    return () => {
      document.removeEventListener('pointerdown', dismiss);
      before?.closest<HTMLElement>('[data-cell]')?.focus({ preventScroll: true });
    };
  }, [row.key]);
  const item = (label: string, icon: IconName, onClick: () => void) => (
    <MenuItem
      key={label}
      label={label}
      icon={icon}
      onClick={() => {
        onClose();
        onClick();
      }}
    />
  );
  const act = (label: string, icon: IconName, action: RowAction) => item(label, icon, () => actions.act(action, [row]));
  return (
    <div
      ref={element}
      class="popover row-menu"
      popover="manual"
      role="dialog"
      aria-label={l10n.t('What can be done with {0}', runs.get(row.key)?.label ?? row.name)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') onClose();
        else arrowKeys(event);
      }}
    >
      <div class="menu">
        {row.kind === 'recipe' && recipeItems()}
        {row.kind === 'run' && runItems(runs.get(row.key))}
        {isPinned(row) ? act(l10n.t('Unpin'), 'pin', 'unpin') : act(l10n.t('Pin'), 'pin', 'pin')}
        {item(l10n.t('Hide'), 'close', () => actions.hide([row.key]))}
      </div>
    </div>
  );

  function recipeItems() {
    return [
      row.isBaseline
        ? item(l10n.t('Compare with Nothing'), 'compare', () => actions.keep({ baseline: null }))
        : item(l10n.t('Use as Baseline'), 'compare', () => actions.keep({ baseline: row.key })),
      act(l10n.t('Show Metrics of All Seeds'), 'epochs', 'metrics'),
      act(l10n.t('Open Study File'), 'table', 'study'),
    ];
  }

  function runItems(run: TableRun | undefined) {
    const looks = run?.checkpoints === true && [
      act(l10n.t('Open Heatmaps'), 'images', 'heatmaps'),
      act(l10n.t('Compare Heatmaps with…'), 'compare', 'compareHeatmaps'),
      act(l10n.t('Show Robustness'), 'shield', 'robustness'),
      act(l10n.t('Show Attention over Epochs'), 'layers', 'attention'),
    ];
    return [
      looks,
      act(l10n.t('Show Metrics'), 'epochs', 'metrics'),
      act(l10n.t('Compare Settings…'), 'compare', 'settings'),
      act(l10n.t('What Changed Since This Run'), 'compare', 'whatChanged'),
      act(l10n.t('Rename…'), 'table', 'rename'),
      act(l10n.t('Edit Note…'), 'table', 'note'),
      act(l10n.t('Reveal in Explorer'), 'search', 'reveal'),
      act(l10n.t('Open Study File'), 'table', 'study'),
    ];
  }
}

/** The arrow keys lead from item to item, as in any menu. */
function arrowKeys(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const menu = event.currentTarget as HTMLElement;
  const items = [...menu.querySelectorAll<HTMLElement>('vscode-button')];
  const from = items.findIndex((each) => each === document.activeElement);
  if (step === undefined || items.length === 0) return;
  items[(from + step + items.length) % items.length]?.focus();
  event.preventDefault();
}
