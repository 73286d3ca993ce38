/** What an engine declares of itself. An engine is a record in a folder of its own, listed in `engines.ts`. */

export interface Launched {
  /** The version of what computes, such as "TensorFlow 2.21.0" or "tfjs-backend-wasm 4.22.0". */
  readonly version: string;
  /** "CPU" or the graphics card's name. */
  readonly device: string;
  /** So many and no more were asked for, as a scheduler or a person gave it fewer cores; absent where nothing limits it. */
  readonly threads?: number;
}

export interface EngineDeclaration {
  /**
   * Makes the engine compute this process's operations, without any test of it. The engine's code is loaded here, so that
   * a process loads only the one that it uses.
   * @throws WorkError where it is not installed, damaged, or cannot be loaded
   */
  readonly launch: () => Promise<Launched>;
  /** @throws WorkError where this process cannot run the engine at all, which a self-test would say with less sense */
  readonly check?: () => void;
  /**
   * What its self-test depends on beside this program, Node and the machine: the installed files, by their content.
   * @throws WorkError where it is not installed or damaged
   */
  readonly installation?: () => Promise<string>;
  /** The most bytes that it can address, where that is less than the machine has, with words after "4.1 GB". */
  readonly addresses?: { readonly bytes: number; readonly words: string };
  /** Whether the same version gives the same bits on every machine: kept results can then be compared exactly. */
  readonly reproducible: boolean;
}
