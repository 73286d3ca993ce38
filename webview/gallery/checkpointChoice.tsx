/** Chooses the checkpoint whose predictions are shown, and which of them. */
import { useSignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { GalleryRun } from '../../src/protocol/gallery';
import { SearchSelect, Select, type Choice } from '../controls';
import { accuracyText } from '../common/text';
import type { Filter } from './filter';
import type { Gallery } from './gallery';
import type { Checkpoint } from './galleryState';

const NONE = 'none';
const ANY = 'any';

export function CheckpointChoice({ gallery }: { readonly gallery: Gallery }) {
  const { view, checkpoint, filter } = gallery.state.value;
  const { runs } = view;
  const preferred = useSignal('');
  const run =
    runs.find(({ folder }) => folder === checkpoint?.run) ??
    runs.find(({ folder }) => folder === preferred.value) ??
    runs[0];
  if (run === undefined) return null;
  return (
    <>
      {runs.length > 1 && (
        <Select
          label={l10n.t('Run')}
          choices={runs.map(({ folder, text }) => ({ value: folder, text }))}
          value={run.folder}
          onChange={(folder) => {
            preferred.value = folder;
            gallery.choose(newestOf(runs.find((each) => each.folder === folder)));
          }}
        />
      )}
      <Select
        label={l10n.t('Predictions')}
        title={l10n.t('Checkpoint whose predictions are shown')}
        choices={epochChoices(run)}
        value={checkpoint === null ? NONE : String(checkpoint.epoch)}
        onChange={(value) => gallery.choose(value === NONE ? null : { run: run.folder, epoch: Number(value) })}
      />
      {checkpoint !== null && (
        <>
          <Select
            label={l10n.t('Show')}
            title={l10n.t('Right or wrong')}
            choices={verdicts()}
            value={filter.verdict}
            onChange={(verdict) => gallery.filter({ verdict })}
          />
          <SearchSelect
            label={l10n.t('Taken for')}
            title={l10n.t('Predicted class')}
            choices={[
              { value: ANY, text: l10n.t('Any class') },
              ...view.dataset.classNames.map((name, number) => ({ value: String(number), text: name })),
            ]}
            value={filter.predicted === null ? ANY : String(filter.predicted)}
            onChange={(value) => gallery.filter({ predicted: value === ANY ? null : Number(value) })}
          />
        </>
      )}
    </>
  );
}

function verdicts(): Choice<Filter['verdict']>[] {
  return [
    { value: 'all', text: l10n.t('Right and wrong') },
    { value: 'wrong', text: l10n.t('Only what it gets wrong') },
    { value: 'right', text: l10n.t('Only what it gets right') },
  ];
}

function epochChoices({ checkpoints }: GalleryRun): Choice<string>[] {
  const choices = checkpoints.map(({ epoch, testAccuracy }) => ({
    value: String(epoch),
    text:
      testAccuracy === null ? l10n.t('Epoch {0}', epoch) : l10n.t('Epoch {0} ({1})', epoch, accuracyText(testAccuracy)),
  }));
  return [{ value: NONE, text: l10n.t('No predictions') }, ...choices.reverse()];
}

function newestOf(run: GalleryRun | undefined): Checkpoint | null {
  const last = run?.checkpoints.at(-1);
  return run === undefined || last === undefined ? null : { run: run.folder, epoch: last.epoch };
}
