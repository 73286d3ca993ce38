/** Every architecture under every naming that is known of it: which tensors a state dict of it has. */
import { ARCHITECTURE_NAMES, architecture, classifierOf, declareArchitecture } from '../../architectures';
import type { ArchitectureName, TensorDeclaration } from '../../architectures';

export interface LayoutTensor {
  readonly declared: TensorDeclaration;
  /** What this naming calls it. */
  readonly name: string;
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

let layouts: readonly Layout[] | undefined;
let names: ReadonlySet<string> | undefined;

export function allLayouts(): readonly Layout[] {
  return (layouts ??= ARCHITECTURE_NAMES.flatMap(layoutsOf));
}

/** All names of all layouts. */
export function allNames(): ReadonlySet<string> {
  return (names ??= new Set(allLayouts().flatMap(({ tensors }) => tensors.map(({ name }) => name))));
}

/** Its own naming first. */
function layoutsOf(name: ArchitectureName): Layout[] {
  const { tensors } = declareArchitecture(name, architecture(name).inputSize, ANY_CLASSES);
  const classifier = classifierOf(tensors);
  const renames = architecture(name).namings.map(({ rename }) => rename);
  return [(own: string) => own, ...renames].map((rename) => {
    const renamed = tensors.map((declared) => ({
      declared,
      name: rename(declared.name),
      isOfClassifier: declared.name.startsWith(classifier),
    }));
    return { architecture: name, tensors: renamed, modules: new Set(renamed.map((each) => firstPart(each.name))) };
  });
}

export function firstPart(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
