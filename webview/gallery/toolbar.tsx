/** The controls: set, class, indices, predictions of a checkpoint, and size of the tiles. */
import * as l10n from '@vscode/l10n';
import { Button, IconButton, SearchSelect, Select, Slider, TextField } from '../controls';
import { Toolbar } from '../frame';
import { CheckpointChoice } from './checkpointChoice';
import { countLabels, EVERYTHING } from './filter';
import type { Gallery } from './gallery';
import { setInfo, TILES, type GalleryState } from './galleryState';
import { grouped } from '../common/text';

const ANY = 'any';

export function GalleryToolbar({ gallery }: { readonly gallery: Gallery }) {
  const state = gallery.state.value;
  const { filter, query, shown, view, tile } = state;
  const { sets } = view.dataset;
  const total = setInfo(state).count;
  return (
    <Toolbar
      label={l10n.t('Which images are shown')}
      appearance={() => (
        <Slider
          label={l10n.t('Size')}
          title={l10n.t('Size of the images')}
          {...TILES}
          value={tile}
          onInput={gallery.resize}
        />
      )}
    >
      {sets.test.count > 0 && sets.train.count > 0 && (
        <Select
          label={l10n.t('Set')}
          choices={[
            { value: 'test', text: l10n.t('Test ({0})', grouped(sets.test.count)) },
            { value: 'train', text: l10n.t('Training ({0})', grouped(sets.train.count)) },
          ]}
          value={filter.set}
          onChange={(set) => gallery.filter({ set, query: '' })}
        />
      )}
      <SearchSelect
        label={l10n.t('Class')}
        choices={classChoices(state)}
        value={filter.label === null ? ANY : String(filter.label)}
        onChange={(value) => gallery.filter({ label: value === ANY ? null : Number(value) })}
      />
      <TextField
        class="index"
        label={l10n.t('Index: go to 1234, or show 10-20, 55')}
        placeholder={l10n.t('Index: 1234, or 10-20, 55')}
        value={filter.query}
        onInput={(text) => gallery.filter({ query: text })}
        onEnter={gallery.go}
      />
      <CheckpointChoice gallery={gallery} />
      {view.study !== null && (
        <IconButton
          label={l10n.t('Show selected images only')}
          icon="check"
          pressed={filter.selectedOnly}
          onClick={() => gallery.filter({ selectedOnly: !filter.selectedOnly })}
        />
      )}
      {(shown.length < total || filter.query !== '') && (
        <Button label={l10n.t('Show all')} icon="close" onClick={() => gallery.filter(EVERYTHING)} />
      )}
      {query.kind === 'wrong' && (
        <span class="error-text" role="alert">
          {query.problem}
        </span>
      )}
      <span class="muted count" role="status">
        {shown.length === total
          ? l10n.t('{0} images', grouped(total))
          : l10n.t('{0} of {1} images', grouped(shown.length), grouped(total))}
      </span>
    </Toolbar>
  );
}

function classChoices(state: GalleryState): { value: string; text: string }[] {
  const { classNames } = state.view.dataset;
  const counts = countLabels(setInfo(state).labels, classNames.length);
  return [
    { value: ANY, text: l10n.t('All classes') },
    ...classNames.map((name, number) => ({
      value: String(number),
      text: `${name} (${grouped(counts[number] ?? 0)})`,
    })),
  ];
}
