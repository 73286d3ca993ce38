/** The heads of the list of images. A press on one sorts by it, a second one the other way round. */
import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import type { Choice, SortKey } from './savedState';

export interface ListHeadsProperties {
  readonly sort: Choice['sort'];
  readonly onSort: (sort: Choice['sort']) => void;
  /** The head of the heatmaps, which have as much room as it. */
  readonly epochs: RefObject<HTMLSpanElement | null>;
}

/** The columns of numbers. */
export function columns(): readonly { readonly key: SortKey; readonly text: string; readonly title: string }[] {
  return [
    {
      key: 'settled',
      text: l10n.t('Settled'),
      title: l10n.t('The first epoch from which on the heatmap stays like the last one'),
    },
    {
      key: 'alike',
      text: l10n.t('First ~ last'),
      title: l10n.t('Rank correlation of the first epoch’s heatmap with the last one’s'),
    },
    {
      key: 'moves',
      text: l10n.t('Steadiness'),
      title: l10n.t('Mean rank correlation with the epoch before: the lower, the more it moves'),
    },
    { key: 'entropy', text: l10n.t('Entropy'), title: l10n.t('At the last epoch: 0 is one place, 1 is even') },
    { key: 'inMask', text: l10n.t('Inside'), title: l10n.t('Share of heat inside the object at the last epoch') },
  ];
}

export function ListHeads({ sort, onSort, epochs }: ListHeadsProperties) {
  const head = (key: SortKey, text: string, title: string) => {
    const isSorted = sort.key === key;
    return (
      <span
        key={key}
        class={key === 'image' ? 'head image' : 'head value'}
        role="columnheader"
        aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      >
        <button class="sort" title={title} onClick={() => onSort({ key, descending: isSorted && !sort.descending })}>
          {text}
          {isSorted && (sort.descending ? ' ↓' : ' ↑')}
        </button>
      </span>
    );
  };
  return (
    <div class="heads" role="row">
      {head('image', l10n.t('Image'), l10n.t('In the order they are named'))}
      <span
        class="spark"
        role="columnheader"
        title={l10n.t('Rank correlation with the last epoch’s heatmap, −1 to 1; dashed is 0.8')}
      >
        {l10n.t('Like the last')}
      </span>
      <span class="epochs" role="columnheader" ref={epochs}>
        {l10n.t('Heatmaps by epoch')}
      </span>
      {columns().map(({ key, text, title }) => head(key, text, title))}
    </div>
  );
}
