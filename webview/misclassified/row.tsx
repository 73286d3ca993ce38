/** A row of the list: the maps of an image, and what is said of its prediction and of its epochs. */
import * as l10n from '@vscode/l10n';
import type { HTMLAttributes } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Scale } from '../../src/imaging/heatmap';
import { checkpointInText, checkpointName } from '../common/checkpointText';
import type { ScaleKind } from '../common/heat/appearance';
import type { Results } from '../common/heat/results';
import { className } from '../common/text';
import { IconButton } from '../controls';
import type { Look } from '../heat';
import { compare } from './compare';
import { fateSentence } from './fateText';
import { Maps } from './maps';
import { checkpointOf, imageKey, type Item, type MisclassifiedState } from './misclassifiedState';
import { ScaleBars } from './scaleBars';
import { Strip } from './strip';
import { stripText } from './stripText';

/** What all rows are drawn from. */
export interface RowInput {
  readonly state: MisclassifiedState;
  readonly results: Results;
  /** Counts changes of the results. */
  readonly version: number;
  readonly computing: boolean;
  readonly look: Look;
  readonly scaleKind: ScaleKind;
  /** The common scale of all maps; undefined where they have none. */
  readonly shared: Scale | undefined;
}

export interface RowActions {
  readonly onEpoch: (epoch: number) => void;
  readonly onHeatmaps: (item: Item) => void;
  readonly onAdd: (item: Item) => void;
}

export interface RowProperties {
  readonly item: Item;
  readonly input: RowInput;
  readonly actions: RowActions;
  /** Where it stands. */
  readonly place: HTMLAttributes<HTMLDivElement>;
}

export function Row({ item, input, actions, place }: RowProperties) {
  const { state, results, computing, look, scaleKind, shared } = input;
  const { known, fates, view } = state;
  const label = known?.labels[item.image] ?? 0;
  const result = results.cell(imageKey(item.image), item.epoch);
  const comparison = useMemo(
    () => result && compare(result, label, scaleKind, shared),
    [result, label, scaleKind, shared?.minimum, shared?.maximum],
  );
  const marks = (known?.epochs ?? []).map(({ epoch, predictions }) => ({
    epoch,
    name: checkpointName(checkpointOf(view, { epoch })),
    right: predictions[item.image] === label,
  }));
  const fate = fates?.[item.image];
  const [verdict, sentence] = [verdictOf(state, item), fate === undefined ? '' : fateSentence(fate)];
  return (
    <div
      {...place}
      class={`row ${comparison !== undefined ? '' : computing ? 'pending' : 'absent'}`}
      role="listitem"
      aria-label={`${testName(item)}: ${verdict.text}. ${stripText(marks)}. ${sentence}`}
    >
      <Maps
        names={view.classNames}
        label={label}
        image={results.image(imageKey(item.image))}
        result={result}
        comparison={comparison}
        computing={computing}
        appearance={look.appearance}
      />
      <div class="facts">
        <RowName item={item} state={state} actions={actions} />
        <div class="verdict">
          <span class={verdict.right ? 'mark right' : 'mark wrong'} aria-hidden="true">
            {verdict.right ? '✓' : '✗'}
          </span>{' '}
          {verdict.text}
        </div>
        <Strip marks={marks} current={item.epoch} onEpoch={actions.onEpoch} />
        <div class="muted fate-text">{sentence}</div>
        {comparison !== undefined && <ScaleBars comparison={comparison} appearance={look.appearance} />}
      </div>
    </div>
  );
}

function testName({ image }: Pick<RowProperties, 'item'>['item']): string {
  return l10n.t('test {0}', image);
}

function RowName({
  item,
  state: { view },
  actions,
}: Pick<RowProperties, 'item' | 'actions'> & Pick<RowInput, 'state'>) {
  const inStudy = view.images.some((each) => each.kind === 'set' && each.set === 'test' && each.index === item.image);
  return (
    <div class="row-name">
      <strong class={inStudy ? 'in-study' : ''} title={inStudy ? l10n.t('One of the study’s images') : undefined}>
        {testName(item)}
      </strong>
      {item.lookedAt !== undefined && (
        <span class="muted found">{l10n.t('image {0} of the search', item.lookedAt)}</span>
      )}
      <span class="row-actions">
        <IconButton
          label={l10n.t('Show heatmaps at all checkpoints (Enter)')}
          icon="layers"
          onClick={() => actions.onHeatmaps(item)}
        />
        {!inStudy && (
          <IconButton label={l10n.t('Add to the study’s images (A)')} icon="add" onClick={() => actions.onAdd(item)} />
        )}
      </span>
    </div>
  );
}

/** "cat taken for dog", with the checkpoint where the list has several. */
function verdictOf({ known, view, choice }: MisclassifiedState, item: Item): { readonly right: boolean; text: string } {
  const label = known?.labels[item.image] ?? 0;
  const said = known?.epochs.find(({ epoch }) => epoch === item.epoch)?.predictions[item.image] ?? 0;
  const right = said === label;
  const [of, taken] = [className(view.classNames, label), className(view.classNames, said)];
  const text = right ? of : l10n.t('{0} taken for {1}', of, taken);
  if (choice.scope !== 'search') return { right, text };
  return { right, text: l10n.t('{0} at {1}', text, checkpointInText(checkpointOf(view, item))) };
}
