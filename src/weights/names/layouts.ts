/** An architecture under every naming that is known of it: which tensors a state dict of it has. */
import { architecture, classifierOf, declareArchitecture } from '../../architectures';
import type { ArchitectureName, Naming, TensorDeclaration } from '../../architectures';

export interface LayoutTensor {
  readonly declared: TensorDeclaration;
  /** What this naming calls it. */
  readonly name: string;
  /** Under this naming. */
  readonly shape: readonly number[];
  /** Whether the first axis is of classes, of which a file may have another number. */
  readonly isOfClassifier: boolean;
}

export interface Layout {
  readonly architecture: ArchitectureName;
  readonly tensors: readonly LayoutTensor[];
  /** The first parts of its names, which are modules of the network itself: conv1, layer1, fc. */
  readonly modules: ReadonlySet<string>;
}

/** A file may have another number of them: see `isOfClassifier`. */
const ANY_CLASSES = 10;

const layouts = new Map<ArchitectureName, readonly Layout[]>();

/** Its own naming first. Declared when it is first asked of: there are many architectures, and a file is of one. */
export function layoutsOf(name: ArchitectureName): readonly Layout[] {
  const known = layouts.get(name);
  if (known !== undefined) return known;
  const { tensors } = declareArchitecture(name, architecture(name).inputSize, ANY_CLASSES);
  const classifier = classifierOf(tensors);
  const own: Naming = { name: 'own', rename: (tensor) => tensor };
  const made = [own, ...architecture(name).namings].map(({ rename, shapeOf }): Layout => {
    const renamed = tensors.map((declared) => ({
      declared,
      name: rename(declared.name),
      shape: shapeOf?.(declared) ?? declared.shape,
      isOfClassifier: declared.name.startsWith(classifier),
    }));
    return { architecture: name, tensors: renamed, modules: new Set(renamed.map((each) => firstPart(each.name))) };
  });
  layouts.set(name, made);
  return made;
}

export function firstPart(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
