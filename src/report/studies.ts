/** The studies of whether heatmaps and confidences can be trusted, as far as a run has them or a report asks for them. */
import type { AttackSettings } from '../computations/attacks/schema';
import type { BenchmarkStart } from '../computations/benchmark/schema';
import type { Attacked } from '../measures/attacks/measured';
import type { Benchmark } from '../measures/benchmark/measured';
import type { Calibration } from '../measures/calibration/measured';
import type { AgreementNumbers } from '../measures/agreement/numbers';
import type { MeasuredFaithfulness } from '../measures/faithfulness/measured';
import type { MeasuredLocalisation } from '../measures/localisation/measured';
import type { Checked } from '../measures/sanity/text';

/** As `--with` names them. */
export const REPORT_STUDIES = [
  'faithfulness',
  'sanity',
  'localisation',
  'agreement',
  'calibration',
  'benchmark',
  'attacks',
] as const;
export type ReportStudy = (typeof REPORT_STUDIES)[number];

/** Of each study that there is its numbers; a section follows from each. */
export interface StudiesContent {
  readonly faithfulness?: FaithfulnessContent;
  readonly sanity?: SanityContent;
  readonly localisation?: LocalisationContent;
  readonly agreement?: AgreementContent;
  readonly calibration?: CalibrationContent;
  readonly benchmark?: BenchmarkContent;
  readonly attacks?: AttacksContent;
}

/** A method and where its maps are made. */
export interface MeasuredMethod {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
}

export interface FaithfulnessContent {
  /** How many images were asked for. */
  readonly images: number;
  readonly methods: readonly (MeasuredMethod & { readonly points: readonly MeasuredFaithfulness[] })[];
}

export interface CalibrationContent {
  readonly epochs: readonly { readonly epoch: number; readonly calibration: Calibration }[];
}

export interface BenchmarkContent {
  /** Those that the study names, as far as they were measured. */
  readonly benchmarks: readonly {
    readonly title: string;
    readonly files: BenchmarkStart['files'];
    readonly missing: readonly string[];
    /** What the other run is called; null where errors are relative to none. */
    readonly against: string | null;
    readonly epochs: readonly { readonly epoch: number; readonly benchmark: Benchmark }[];
  }[];
}

export interface AttacksContent {
  /** Those of the study, in its order, as far as they were measured. */
  readonly attacks: readonly {
    readonly title: string;
    readonly attack: AttackSettings;
    /** Ascending. */
    readonly epochs: readonly {
      readonly epoch: number;
      readonly attacked: Attacked;
      readonly misses: readonly string[];
    }[];
  }[];
}

export interface SanityContent {
  /** How many test images were compared. */
  readonly images: number;
  readonly methods: readonly (Checked & { readonly id: string })[];
}

export interface LocalisationContent {
  /** Test images whose object is known; 0 where the data set knows none. */
  readonly images: number;
  readonly mosaics: number;
  /** The mean share of the area that the objects take; null without masks. */
  readonly maskArea: number | null;
  readonly methods: readonly (MeasuredMethod & { readonly points: readonly MeasuredLocalisation[] })[];
}

export interface AgreementContent {
  /** How many images the study names. */
  readonly images: number;
  /** Methods of which every two are compared at the same checkpoints. */
  readonly compared: readonly AgreementNumbers[];
}
