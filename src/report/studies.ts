/** The studies of whether heatmaps and confidences can be trusted, as far as a run has them or a report asks for them. */
import type { Calibration } from '../measures/calibration/measured';
import type { MeasuredFaithfulness } from '../measures/faithfulness/measured';

/** As `--with` names them. */
export const REPORT_STUDIES = ['faithfulness', 'calibration'] as const;
export type ReportStudy = (typeof REPORT_STUDIES)[number];

/** Of each study that there is its numbers; a section follows from each. */
export interface StudiesContent {
  readonly faithfulness?: FaithfulnessContent;
  readonly calibration?: CalibrationContent;
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
