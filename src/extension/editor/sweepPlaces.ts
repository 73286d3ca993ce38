/** Where a study's text has its sweep. This file does not import `vscode`. */
import { findNodeAtLocation, type Node } from 'jsonc-parser';

export interface SweepPlaces {
  /** Where "sweep" begins; undefined where the text has none. */
  readonly sweep: number | undefined;
  /** The recipes of a list, each with where its name begins. */
  readonly recipes: readonly { readonly name: string; readonly offset: number }[];
}

export function sweepPlaces(root: Node | undefined): SweepPlaces {
  const sweep = root && findNodeAtLocation(root, ['sweep'])?.parent;
  const recipes = root && findNodeAtLocation(root, ['sweep', 'recipes']);
  return {
    sweep: sweep?.offset,
    recipes: (recipes?.type === 'object' ? (recipes.children ?? []) : []).map(({ offset, children }) => {
      return { name: String(children?.[0]?.value), offset };
    }),
  };
}
