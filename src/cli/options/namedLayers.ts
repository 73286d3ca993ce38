/** The layers of what a command's argument names. */
import {
  architecture,
  architectureCalled,
  declare,
  declareArchitecture,
  isProblem,
  resolveLayer,
  type Declaration,
} from '../../architectures';
import { ONNX_FILE, readNetwork } from '../../networks';
import { isStudyArgument, openRun } from '../../runs';
import { declarationOf, readStudies, type Study } from '../../study';
import { modelOf } from '../../weights/fromStudy';

export interface NamedLayers extends Pick<Declaration, 'targetLayers' | 'defaultLayer'> {
  /** The architecture, or the file. */
  readonly name: string;
  readonly inputSize: number;
  /** The one that the study explains; undefined of several that are fused, and where there is no study. */
  readonly studyLayer?: string | undefined;
}

/** Of a study file each of its models. @throws InputError where it names nothing, and as reading it does */
export async function namedLayers(argument: string): Promise<NamedLayers[]> {
  if (ONNX_FILE.test(argument)) {
    const { architecture: read, file } = (await readNetwork(argument)).network;
    const { graph } = file;
    return [{ name: argument, inputSize: graph.inputSize, ...declare(read, graph.inputSize, graph.classes) }];
  }
  const called = architectureCalled(argument);
  if (called !== undefined) {
    const { inputSize } = architecture(called);
    return [{ name: called, inputSize, ...declareArchitecture(called, inputSize, 10) }];
  }
  if (!(await isStudyArgument(argument))) {
    const run = await openRun(argument);
    return [named(run.study, modelOf(run))];
  }
  const studies = await readStudies(argument);
  return Promise.all(studies.map(async ({ study, folder }) => named(study, await declarationOf(study, folder))));
}

/** With the layer that the study explains. */
function named({ model, explain }: Study, declared: Pick<Declaration, 'targetLayers' | 'defaultLayer'>): NamedLayers {
  const { targetLayers, defaultLayer } = declared;
  const resolved = resolveLayer(declared, explain.layer);
  const studyLayer = isProblem(resolved) ? undefined : resolved.name;
  return { name: model.architecture, inputSize: model.inputSize, targetLayers, defaultLayer, studyLayer };
}
