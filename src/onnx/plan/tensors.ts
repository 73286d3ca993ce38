/** The state dict in the making: which initialisers are trained, as what, and under which name. */
import type { TensorDeclaration, TensorRole } from '../../architectures';
import { count } from '../fold/arrays';
import type { Order, Weight } from '../values';

/** As what a weight is used. */
export interface Wanted {
  readonly role: TensorRole;
  /** As PyTorch has it. */
  readonly shape: readonly number[];
  /** PyTorch's axis i is axis `order[i]` of the initialiser. */
  readonly order: Order;
  /** The name that PyTorch would give it: taken where the file's own says nothing, and where nobody else has it. */
  readonly name?: string | undefined;
  readonly fanIn?: number | undefined;
}

/** A tensor of the state dict and where its numbers come from. */
export interface PlannedTensor {
  readonly declaration: TensorDeclaration;
  readonly source: Weight;
  readonly order: Order;
}

export class Tensors {
  /** By the file's name, in the order in which they are first used. */
  private readonly planned = new Map<string, PlannedTensor>();
  private readonly names = new Set<string>();
  private readonly wanted = new Map<string, string | undefined>();
  /** Weights that are used as two things at once. */
  readonly conflicts = new Set<string>();

  /** @param reserved the file's own names, that no other tensor may take */
  constructor(
    private readonly reserved: ReadonlySet<string>,
    private readonly onlyFree: ReadonlySet<string>,
  ) {}

  mayBe(name: string, role: TensorRole): boolean {
    return role === 'free' || !this.onlyFree.has(name);
  }

  /** @returns the tensor's name */
  claim(weight: Weight, { role, shape, order, name, fanIn }: Wanted): string {
    let key = weight.name;
    // Exporters keep equal vectors once: those of other modules are tensors of their own.
    if (shape.length === 1 && name !== undefined && (this.wanted.get(key) ?? name) !== name) key = `${key} ${name}`;
    this.wanted.set(key, name);
    const before = this.planned.get(key);
    if (before !== undefined) {
      // Vectors lie alike whatever they are.
      if (before.declaration.role !== role && shape.length > 1) this.conflicts.add(weight.name);
      return before.declaration.name;
    }
    // A batch norm finds its statistics by its module's name.
    const isAnothers = key !== weight.name || role === 'runningMean' || role === 'runningVariance';
    const taken = this.nameOf(weight.name, name, isAnothers);
    this.names.add(taken);
    const declaration = { name: taken, role, shape, ...(fanIn === undefined ? {} : { fanIn }) };
    this.planned.set(key, { declaration, source: weight, order });
    return taken;
  }

  get(fileName: string): PlannedTensor | undefined {
    return this.planned.get(fileName);
  }

  all(): PlannedTensor[] {
    return [...this.planned.values()];
  }

  /** @param isAnothers whether the file's name may be that of another module's tensor, with which this one was merged */
  private nameOf(fileName: string, wanted: string | undefined, isAnothers: boolean): string {
    const isFree = (name: string) => !this.names.has(name) && (name === fileName || !this.reserved.has(name));
    if (wanted !== undefined && (isAnothers || !isModuleName(fileName)) && isFree(wanted)) return wanted;
    let name = fileName;
    for (let more = 2; !isFree(name); more++) name = `${fileName}_${more}`;
    return name;
  }
}

/** "layer1.0.conv1.weight", as PyTorch names the tensors of modules. */
export function isModuleName(name: string): boolean {
  return /^[A-Za-z_]\w*(\.\w+)*\.(weight|bias|running_mean|running_var)$/.test(name);
}

/** The module of a tensor that PyTorch named. */
export function moduleOf(name: string): string | undefined {
  return isModuleName(name) ? name.replace(/\.\w+$/, '') : undefined;
}

export function lengthOf({ shape }: TensorDeclaration): number {
  return count(shape);
}
