/** What a report is made of: results alone, gathered before anything is drawn. */
import type { Fate } from '../measures/misclassified';
import type { AttentionNumbers } from '../measures/drift/numbers';
import type { Measured } from '../measures/robustness/measured';
import type { FloatMap, RgbImage } from '../imaging';
import type { Study } from '../study';
import type { DrawnParameters } from '../perturbations';
import type { Missing } from './missing';
import type { StudiesContent } from './studies';
import type { AttentionImages } from './driftImages';
import type { CheckpointAccuracy, EpochMetrics, Run, RunAbout } from '../runs';

export interface ReportContent {
  /** The study's name. */
  readonly title: string;
  /** An ISO date and time. */
  readonly madeAt: string;
  readonly version: string;
  readonly made: MadeWith;
  readonly study: StudyText;
  /** At least one; several are set side by side. */
  readonly runs: readonly RunContent[];
}

/** What wrote the report, and how it is written again. */
export interface MadeWith {
  /** "20.18.1" */
  readonly node: string;
  /** "linux x64" */
  readonly system: string;
  /** Lines for a shell in the study file's folder. */
  readonly commands: readonly string[];
  /** What is checked out where the study file lies; null where that is not under git. */
  readonly commit: { readonly id: string; readonly isChanged: boolean } | null;
}

/** The study file as it is, its comments included. */
export interface StudyText {
  /** The file's name. */
  readonly name: string;
  readonly text: string;
  /** False where the file is gone: the text is then the run's own. */
  readonly isFile: boolean;
}

/** Of a part that is not there, why. */
export type Part<T> =
  | { readonly there: true; readonly value: T }
  /** Computable: it was only not computed. */
  | { readonly there: false; readonly reason: string; readonly isComputable?: true };

export interface RunContent {
  /** What tells it from the others: its architecture. */
  readonly name: string;
  readonly run: Run;
  /** What a person says of it. */
  readonly about: RunAbout;
  /** The explanation method of all heatmaps, by its id. */
  readonly method: string;
  /** What the study asks of the run now: see `studyInForce`. */
  readonly asked: Pick<Study, 'explain' | 'perturbations'>;
  /** How many there are, and their size in pixels. */
  readonly images: {
    readonly train: number;
    readonly test: number;
    readonly height: number;
    readonly width: number;
  };
  /** What was measured here, by epoch. */
  readonly metrics: readonly EpochMetrics[];
  /** Of an imported run every checkpoint, ascending: what was measured, beside what its file claims. Else empty. */
  readonly accuracies: readonly CheckpointAccuracy[];
  /** The epochs of all checkpoints that are there, ascending. */
  readonly present: readonly number[];
  /** What a person should know before they believe the numbers, a sentence each. */
  readonly warnings: readonly string[];
  /** The checkpoints of tables and figures, ascending, each with the sha256 of its file. */
  readonly checkpoints: readonly { readonly epoch: number; readonly hash: string }[];
  readonly heatmaps: Part<HeatmapsContent>;
  readonly misclassified: Part<MisclassifiedContent>;
  readonly perturbed: Part<PerturbedContent>;
  readonly robustness: Part<RobustnessContent>;
  readonly attention: Part<AttentionContent>;
  readonly studies: StudiesContent;
  /** The run's folder from that of its study, where a report's commands are typed. */
  readonly place: string;
  /** What nobody has computed yet of what the study asks for. */
  readonly missing: readonly Missing[];
}

export interface ReportImage {
  /** "test:3", "train:17". */
  readonly name: string;
  /** A class's number; null where it is not known. */
  readonly label: number | null;
  readonly picture: RgbImage;
}

/** What a checkpoint makes of an image. */
export interface View {
  readonly predicted: number;
  /** The probability of what is predicted. */
  readonly confidence: number;
  /** The raw heatmap, of what is predicted unless it says otherwise. */
  readonly map: FloatMap;
}

export interface HeatmapsContent {
  readonly layer: string;
  /** How many images the study names: of very many, not all are shown. */
  readonly images: number;
  readonly rows: readonly {
    readonly image: ReportImage;
    /** A checkpoint each. */
    readonly views: readonly View[];
    /** When the image's focus settles. Absent where it was not measured. */
    readonly settled?: ImageSettled;
  }[];
  /** Every checkpoint that focus is followed over. */
  readonly followed: readonly number[];
}

/** At which epoch, null where not before the last one; of a last map that is flat nothing is known. */
export type ImageSettled =
  | 'flat'
  | {
      /** Of the class that each checkpoint predicts. */
      readonly predicted: number | null;
      /** Of one class, which the last checkpoint predicts. */
      readonly lastPrediction: number | null;
    };

/** An image that a checkpoint gets wrong: why this class, and why not the right one. */
export interface MisclassifiedFigure extends View {
  readonly image: ReportImage;
  /** The label's probability. */
  readonly ofLabel: number;
  /** The raw heatmap of the label. */
  readonly labelMap: FloatMap;
}

export interface Confusion {
  readonly label: number;
  readonly predicted: number;
  readonly count: number;
}

export interface MisclassifiedContent {
  /** How many test images there are. */
  readonly images: number;
  readonly epochs: readonly {
    readonly epoch: number;
    readonly wrong: number;
    /** 1 where a test image is right, else 0, in the order of the test set. */
    readonly correct: readonly number[];
    /** The most common, the most common first. */
    readonly confusions: readonly Confusion[];
    /** An example of each of them. */
    readonly examples: readonly MisclassifiedFigure[];
  }[];
  /** Null over fewer than two epochs. */
  readonly fates: FatesContent | null;
  /** The study's own: shuffled test images until a checkpoint errs. */
  readonly search: {
    readonly seed: number;
    readonly found: readonly {
      readonly epoch: number;
      /** Null where it errs about none. */
      readonly error: {
        readonly lookedAt: number;
        readonly figure: MisclassifiedFigure;
        /** What the last checkpoint makes of the image. */
        readonly last: View;
      } | null;
    }[];
    readonly lastEpoch: number;
  };
}

export interface FatesContent {
  /** Over which epochs. */
  readonly epochs: readonly number[];
  readonly counts: Readonly<Record<Fate, number>>;
  readonly forgettingEvents: number;
}

export interface PerturbedView extends View {
  /** p_clean − p_perturbed of the clean prediction, which the map is of. */
  readonly drop: number;
  /** With the clean map; null where it cannot be said. */
  readonly spearman: number | null;
}

export interface PerturbedContent {
  readonly layer: string;
  readonly entries: readonly {
    /** From 0, in the study's list. */
    readonly place: number;
    readonly title: string;
    /** Of how many the study makes, and shown are as many as there are views. */
    readonly rounds: number;
    /** What is done to a heatmap before it is compared, "turned back"; null where nothing is. */
    readonly undone: string | null;
    readonly images: readonly PerturbedImage[];
  }[];
}

export interface PerturbedImage {
  readonly image: ReportImage;
  /** A checkpoint each. */
  readonly clean: readonly View[];
  readonly rounds: readonly {
    readonly picture: RgbImage;
    readonly drawn: DrawnParameters;
    /** The drawn angle; 0 where none is. */
    readonly degrees: number;
    /** A checkpoint each. */
    readonly views: readonly PerturbedView[];
  }[];
}

export interface RobustnessContent {
  readonly entries: readonly RobustnessEntryContent[];
}

export interface RobustnessEntryContent {
  readonly place: number;
  readonly title: string;
  /** Whether anything is expected of it. */
  readonly expects: boolean;
  /** Whether it is the one whose drop the published study tells: ten pixels covered with black. */
  readonly published: boolean;
  /** A checkpoint each; null where it is not computed. */
  readonly results: readonly (RobustnessResult | null)[];
}

export interface RobustnessResult {
  readonly measured: Measured;
  /** What of its expectations is not met, and what cannot be decided. */
  readonly misses: readonly { readonly text: string; readonly decided: boolean }[];
}

export interface AttentionContent {
  readonly layer: string;
  /** The images that the means are over. */
  readonly images: number;
  readonly numbers: Omit<AttentionNumbers, 'images'>;
  /** What these are computed from, a checkpoint each. */
  readonly perImage: readonly AttentionImages[];
}
