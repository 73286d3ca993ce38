export interface Outcome {
  readonly problems: readonly string[];
  readonly dropped: readonly string[];
  readonly count: number;
}

export declare function bringIntoLine(
  root: string,
  options?: { readonly check?: boolean; readonly begin?: readonly string[] },
): Promise<Outcome>;
