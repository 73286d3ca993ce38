/** The metrics as a table, one a run, of the first runs that are shown. */
import * as l10n from '@vscode/l10n';
import type { EpochValues, RunCurve } from '../../src/protocol/metrics';
import { Swatch } from '../chart/swatch';
import { decimal } from '../common/text';
import { Button } from '../controls';
import type { ShownRun } from './shown';
import { formatValue, partsOf, runTitle, testBasis, validationBasis, valueOf } from './measures';

export interface TablesProperties {
  readonly runs: readonly ShownRun[];
  /** Measures the accuracy of a run's imported checkpoints; undefined where nothing may be computed. */
  readonly onMeasure: ((run: string) => void) | undefined;
}

/** Of more nobody reads the numbers, and their rows would take the page longer than its charts. */
const MOST_TABLES = 6;

export function Tables({ runs, onMeasure }: TablesProperties) {
  const withNumbers = runs.filter(({ curve }) => curve.epochs.length + curve.claims.length > 0);
  const more = withNumbers.length - MOST_TABLES;
  return (
    <>
      <div class="tables">
        {withNumbers.slice(0, MOST_TABLES).map((run) => (
          <Table key={run.curve.run} {...run} onMeasure={onMeasure} />
        ))}
      </div>
      {more > 0 && (
        <p class="muted">
          {l10n.t('{0} more runs have tables: choose fewer to see theirs, or export the values as CSV.', more)}
        </p>
      )}
    </>
  );
}

function Table({ curve, style, onMeasure }: ShownRun & Pick<TablesProperties, 'onMeasure'>) {
  const has = { imported: curve.claims.length > 0, validation: partsOf([curve]).includes('validation') };
  return (
    <table class="numbers">
      <caption>
        <Swatch {...style} /> {runTitle(curve)} <span class="muted">{curve.stateText}</span>
        {curve.unmeasured > 0 && onMeasure !== undefined && (
          <Button label={l10n.t('Measure Accuracy')} icon="play" onClick={() => onMeasure(curve.run)} />
        )}
        {curve.warning !== null && <p class="warning">{curve.warning}</p>}
      </caption>
      <thead>
        <tr>
          {heads(has).map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowsOf(curve).map((row) => (
          <Row key={row.epoch} {...row} has={has} />
        ))}
      </tbody>
    </table>
  );
}

/** Columns that only some runs have. */
interface Has {
  readonly imported: boolean;
  readonly validation: boolean;
}

function heads({ imported, validation }: Has): string[] {
  return [
    l10n.t('Epoch'),
    l10n.t('Test accuracy (%, 95 %)'),
    // Nobody has measured this imported checkpoint.
    ...(imported ? [l10n.t('Claimed by its file (%)')] : []),
    ...(validation ? [l10n.t('Validation accuracy (%, 95 %)')] : []),
    l10n.t('Training accuracy (%)'),
    l10n.t('Test loss'),
    ...(validation ? [l10n.t('Validation loss')] : []),
    l10n.t('Training loss'),
    l10n.t('Learning rate'),
    l10n.t('Images/s'),
  ];
}

interface RowValues {
  readonly epoch: number;
  /** Undefined where nothing was measured. */
  readonly values: EpochValues | undefined;
  readonly claim: RunCurve['claims'][number] | undefined;
}

function Row({ epoch, values, claim, has }: RowValues & { readonly has: Has }) {
  const basis = values === undefined ? '' : testBasis(values);
  const ofValidation = values === undefined ? '' : validationBasis(values);
  return (
    <tr>
      <th scope="row">{epoch}</th>
      <td>
        {formatValue(values && valueOf(values, 'accuracy', 'test'), 'accuracy')}
        {basis !== '' && <span class="muted basis">{basis}</span>}
      </td>
      {has.imported && <td class={claim?.differs === true ? 'warning' : ''}>{claimText(claim)}</td>}
      {has.validation && (
        <td>
          {formatValue(values && valueOf(values, 'accuracy', 'validation'), 'accuracy')}
          {ofValidation !== '' && <span class="muted basis">{ofValidation}</span>}
        </td>
      )}
      <td>{formatValue(values && valueOf(values, 'accuracy', 'train'), 'accuracy')}</td>
      <td>{formatValue(values && valueOf(values, 'loss', 'test'), 'loss')}</td>
      {has.validation && <td>{formatValue(values && valueOf(values, 'loss', 'validation'), 'loss')}</td>}
      <td>{formatValue(values && valueOf(values, 'loss', 'train'), 'loss')}</td>
      <td>{numberText(values?.learningRate, (rate) => Number(rate.toPrecision(3)).toString())}</td>
      <td>{numberText(values?.imagesPerSecond, (speed) => speed.toFixed(0))}</td>
    </tr>
  );
}

/** Ascending. */
function rowsOf({ epochs, claims }: RunCurve): RowValues[] {
  const all = [...new Set([...epochs, ...claims].map(({ epoch }) => epoch))].sort((a, b) => a - b);
  return all.map((epoch) => ({
    epoch,
    values: epochs.find((each) => each.epoch === epoch),
    claim: claims.find((each) => each.epoch === epoch),
  }));
}

function claimText(claim: RowValues['claim']): string {
  const text = formatValue(claim?.testAccuracy, 'accuracy');
  return claim?.differs === true ? l10n.t('{0} (differs)', text) : text;
}

function numberText(value: number | null | undefined, text: (value: number) => string): string {
  return value === null || value === undefined ? '–' : decimal(text(value));
}
