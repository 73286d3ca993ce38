/** A section of a tab: what it measures, what that costs, and what it shows. */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { SectionContent } from './content';
import { createMeasurement, type Lack, type MeasurementOptions, type Measurement } from './measurement';
import type { Cost } from './costText';

export interface TabSection {
  /** Its name in files, and the pace's it is measured with. */
  readonly key: string;
  readonly title: string;
  /** What it finds out, in a sentence or two. */
  readonly question: string;
  /** What is counted while it is measured, in the plural. */
  readonly things: string;
  readonly measurement: Pick<Measurement<object, unknown>, 'state' | 'lack' | 'measure' | 'cancel' | 'resume'>;
  /** What measuring what is missing takes. */
  readonly cost: ReadonlySignal<Cost>;
  /** Why it cannot be measured, and what to do; undefined where it can. */
  readonly obstacle: ReadonlySignal<string | undefined>;
  /** Undefined while there is nothing to show. */
  readonly content: ReadonlySignal<SectionContent | undefined>;
}

export interface SectionOptions<Params extends object, Progress, Result, Answer>
  extends
    Pick<TabSection, 'key' | 'title' | 'question' | 'things'>,
    Omit<MeasurementOptions<Params, Progress, Result, Answer>, 'onPace'> {
  /** Undefined where nothing can be measured. */
  readonly params: () => Params | undefined;
  readonly obstacle?: () => string | undefined;
  readonly costOf: (params: Params, answer: Answer | undefined, lack: number) => Omit<Cost, 'pace'>;
  /** How many passes a unit that is counted takes; 1 where passes are counted. */
  readonly passesOfUnit?: () => number;
  readonly contentOf: (answer: Answer, params: Params) => SectionContent | undefined;
  /** Whether it is asked for: its tab is in sight. */
  readonly isInSight: () => boolean;
  readonly pace: {
    /** Passes in a second; undefined where nothing was measured yet. */
    readonly of: (key: string) => number | undefined;
    readonly keep: (key: string, passesPerSecond: number) => void;
  };
}

export function createSection<Params extends object, Progress, Result, Answer>(
  options: SectionOptions<Params, Progress, Result, Answer>,
): TabSection & { readonly answer: ReadonlySignal<Answer | undefined> } {
  const { key, title, question, things, params, costOf, contentOf, isInSight, pace } = options;
  const obstacle = computed(() => options.obstacle?.());
  const wanted = computed(() => (obstacle.value === undefined ? params() : undefined));
  const measurement = createMeasurement<Params, Progress, Result, Answer>({
    ...options,
    onPace: (units, seconds) => pace.keep(key, (units * (options.passesOfUnit?.() ?? 1)) / Math.max(seconds, 0.001)),
  });
  // What is computed goes on while another tab is in sight.
  effect(() => {
    if (isInSight()) measurement.want(wanted.value);
  });
  const answer = computed(() => measurement.shown.value?.answer);
  const lack: ReadonlySignal<Lack> = measurement.lack;
  return {
    key,
    title,
    question,
    things,
    measurement,
    obstacle,
    answer,
    cost: computed(() => {
      const of = wanted.value;
      const passes = of === undefined ? NO_COST : costOf(of, answer.value, lack.value ?? 0);
      return { ...passes, pace: pace.of(key) };
    }),
    content: computed(() => {
      const shown = measurement.shown.value;
      return shown && contentOf(shown.answer, shown.params);
    }),
  };
}

const NO_COST = { forward: 0, backward: 0 };

/** Whichever of the sections computes, waits or has failed: what the panel's banner tells of. */
export function busySection(sections: readonly TabSection[]): TabSection | undefined {
  return sections.find(({ measurement }) => measurement.state.value.kind !== 'idle') ?? sections[0];
}

/** The epoch that is read out, which all charts over epochs share. */
export const epoch = signal<number | undefined>(undefined);
