/** A section of a tab: what comes of it in sentences, its charts with the values beside them, and all its numbers. */
import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useMemo, useState } from 'preact/hooks';
import type { SetImage } from '../../src/protocol/panelView';
import { Chart, type ChartHandle } from '../chart/chart';
import { Readout } from '../chart/readout';
import { Button } from '../controls';
import { EmptyState, Loading } from '../frame';
import { EachImage } from './eachImage';
import type { Figure, NumbersTable, SectionContent } from './content';
import { costText } from './costText';
import { intervalText, numberText } from './numberTexts';
import { epoch, type TabSection } from './tabSection';

/** The drawn charts by section and figure, for pictures of them. */
export const handles = new Map<string, ChartHandle>();

function handleOf(key: string): ChartHandle {
  const handle = handles.get(key) ?? { drawn: undefined };
  handles.set(key, handle);
  return handle;
}

export interface SectionProperties {
  readonly section: TabSection;
  /** Whether the workspace is trusted: else nothing is computed. */
  readonly onTrust: (() => void) | undefined;
  /** Shows the heatmaps of an image of the data set. */
  readonly onOpen: (image: SetImage) => void;
}

export function Section({ section, onTrust, onOpen }: SectionProperties) {
  const content = section.content.value;
  return (
    <section class="section" aria-labelledby={`title-${section.key}`}>
      <h2 id={`title-${section.key}`}>{section.title}</h2>
      {content === undefined ? <Nothing section={section} onTrust={onTrust} /> : <Lacking section={section} />}
      {content !== undefined && <Content name={section.key} content={content} onOpen={onOpen} />}
    </section>
  );
}

/** Why there are no numbers yet, and what to do. */
function Nothing({ section, onTrust }: Omit<SectionProperties, 'onOpen'>) {
  const { title, question, measurement, cost, obstacle } = section;
  const { kind } = measurement.state.value;
  if (obstacle.value !== undefined) return <p class="obstacle muted">{obstacle.value}</p>;
  if (kind === 'computing' || kind === 'waiting') return <Loading title={l10n.t('Measuring: {0}…', title)} />;
  // The banner says so, with the way on.
  if (kind === 'failed' || kind === 'cancelled') return <p class="muted">{question}</p>;
  if (measurement.lack.value === undefined) return <Loading title={l10n.t('Looking for what was measured before…')} />;
  return (
    <EmptyState
      icon="shield"
      title={l10n.t('Not measured yet')}
      text={[question, costText(cost.value)].join(' ').trim()}
      actions={[
        onTrust === undefined
          ? { label: l10n.t('Measure'), icon: 'play', onClick: measurement.measure }
          : { label: l10n.t('Manage Workspace Trust'), onClick: onTrust },
      ]}
    />
  );
}

/** Says that a part is not measured yet. */
function Lacking({ section: { measurement, cost } }: Pick<SectionProperties, 'section'>) {
  const lack = measurement.lack.value;
  if (lack === undefined || lack === 0 || measurement.state.value.kind !== 'idle') return null;
  return (
    <p class="lacking" role="status">
      <span>
        {l10n.t('Not all of it is measured yet.')} {costText(cost.value)}
      </span>
      <Button label={l10n.t('Measure')} icon="play" primary onClick={measurement.measure} />
    </p>
  );
}

interface ContentProperties extends Pick<SectionProperties, 'onOpen'> {
  readonly name: string;
  readonly content: SectionContent;
}

function Content({ name, content, onOpen }: ContentProperties) {
  const { sentences, figures, readout, notes, table, images } = content;
  const overEpochs = figures.filter(({ own }) => own === undefined);
  const others = figures.filter(({ own }) => own !== undefined);
  return (
    <>
      <Findings sentences={sentences} />
      {overEpochs.length > 0 && (
        <div class="charts-frame">
          <div class="charts">
            {overEpochs.map(({ key, label, content: drawn }) => (
              <Chart key={key} label={label} content={drawn} epoch={epoch} handle={handleOf(`${name} ${key}`)} />
            ))}
          </div>
          {readout !== undefined && <Readout {...readout(epoch.value)} />}
        </div>
      )}
      {others.length > 0 && (
        <div class="charts others">
          {others.map((figure) => (
            <OwnFigure key={figure.key} name={name} figure={figure} />
          ))}
        </div>
      )}
      {notes.map((note) => (
        <p key={note} class="muted note-text">
          {note}
        </p>
      ))}
      {images !== undefined && <EachImage images={images} onOpen={onOpen} />}
      <AllNumbers table={table} />
    </>
  );
}

/** Of more sentences the others are unfolded. */
const MOST_SENTENCES = 3;

function Findings({ sentences }: { readonly sentences: readonly string[] }) {
  const texts = (of: readonly string[]) => of.map((sentence) => <p key={sentence}>{sentence}</p>);
  const others = sentences.slice(MOST_SENTENCES);
  return (
    <div class="findings" aria-live="polite">
      {texts(sentences.slice(0, MOST_SENTENCES))}
      {others.length > 0 && (
        <details>
          <summary>{l10n.t('More findings ({0})', others.length)}</summary>
          {texts(others)}
        </details>
      )}
    </div>
  );
}

/** A chart whose axis has no epochs, with its own values below it. */
function OwnFigure({ name, figure: { key, label, content, own } }: { readonly name: string; readonly figure: Figure }) {
  const value = useMemo(() => signal<number | undefined>(undefined), []);
  return (
    <div class="own-figure">
      <Chart label={label} content={content} epoch={value} handle={handleOf(`${name} ${key}`)} alone />
      {own !== undefined && <Readout {...own.readout(value.value)} />}
    </div>
  );
}

function AllNumbers({ table }: { readonly table: NumbersTable }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="all-values" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{l10n.t('All numbers')}</summary>
      {open && <Table table={table} />}
    </details>
  );
}

function Table({ table: { heads, rows } }: { readonly table: NumbersTable }) {
  const shown = rows.filter(({ isShown }) => isShown);
  return (
    <div class="values-frame" tabIndex={0} role="region" aria-label={l10n.t('All numbers')}>
      <table class="values">
        <thead>
          <tr>
            {[...heads, l10n.t('Mean'), l10n.t('95 % interval'), l10n.t('n')].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ of, ids, numbers }) => (
            <tr key={ids.join(' ')}>
              {of.map((text, place) =>
                place === 0 ? (
                  <th key={place} scope="row">
                    {text}
                  </th>
                ) : (
                  <td key={place}>{text}</td>
                ),
              )}
              <td>{numberText(numbers?.mean)}</td>
              <td>{intervalText(numbers)}</td>
              <td>{numbers?.n ?? 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
