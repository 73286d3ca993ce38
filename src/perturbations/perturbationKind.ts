/** The declaration of a kind of perturbation: everything that the program knows of it. */
import type * as z from 'zod';
import type { Random } from '../common/random';
import type { Picture } from './picture';
import type { SettingProblem } from './settings';

export type Size = Pick<Picture, 'height' | 'width'>;

/**
 * Where the perturbed image shows a place of the clean one; undefined where that is lost. Places are [x, y] in shares of
 * the image's sides from its centre, −0.5 … 0.5: a heatmap has other cells than the image has pixels. A place outside
 * the perturbed image is lost, too.
 */
export type Inverse = (x: number, y: number) => readonly [x: number, y: number] | undefined;

/** What a round drew, for a person and for a table. */
export interface DrawnParameters {
  /** In few words, "−12.3°"; empty where the picture alone says it. */
  readonly text: string;
  /** By the name of a column. */
  readonly parameters: Readonly<Record<string, number>>;
}

/** @typeParam Schema of the study file's entry @typeParam Parameters what a round draws before pixels are changed */
export interface PerturbationKind<Schema extends z.ZodType = z.ZodType, Parameters = unknown> {
  readonly kind: string;
  /** The settings in a study file, each with a description, a range and a default. */
  readonly schema: Schema;
  /** Whether an image of 32×32 pixels takes longer than 0.05 ms: `npm run bench -- --sections perturbations` measures it. */
  readonly cost: 'light' | 'heavy';
  /** The entry in few words, beginning with its name: "rotation −30…30°". */
  text(settings: z.output<Schema>): string;
  /** What exactly is done to an image, in sentences for a reader who has only the report: unit, geometry and edge. */
  define(settings: z.output<Schema>): string;
  /** The name of the draws' stream; the kind when absent. */
  nameOf?(settings: z.output<Schema>): string;
  /** Whether each round is another draw; always when absent. */
  isRandom?(settings: z.output<Schema>): boolean;
  problems?(settings: z.output<Schema>): SettingProblem[];
  /** The parameters of one round. */
  draw(settings: z.output<Schema>, random: Random): Parameters;
  /** What is told of them; nothing when absent. */
  describe?(parameters: Parameters, settings: z.output<Schema>): DrawnParameters;
  /**
   * The perturbed pixels, 0 … 255, [height, width, 3].
   * @param random the stream of the draw, which goes on from it
   */
  apply(picture: Picture, settings: z.output<Schema>, parameters: Parameters, random: Random): Float32Array;
  /** Of a kind that moves what the image shows: how a heatmap is brought back before it is compared. */
  readonly undo?: {
    /** What is done to the heatmap then: "turned back". */
    readonly text: string;
    inverse(parameters: Parameters, settings: z.output<Schema>, size: Size): Inverse;
  };
}

/** Infers the types of a declaration. */
export function perturbationKind<Schema extends z.ZodType, Parameters>(
  declaration: PerturbationKind<Schema, Parameters>,
): PerturbationKind<Schema, Parameters> {
  return declaration;
}
