/** Which of several networks with the same names and shapes the weights of `--weights` are of: the test images decide. */
import { isFileNetwork } from '../../architectures';
import type { Dataset } from '../../datasets';
import { tellTwinsApart, twinDecisionText, type TwinDecision } from '../../importing/tellTwinsApart';
import { createModel } from '../../models/model';
import { weightsOf } from '../../weights/checkpoint';
import type { StartEngine } from '../computing';
import type { Output } from '../printing/output';
import type { NamedNetwork } from './namedNetwork';

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly start: StartEngine;
}

export interface DecidedNetwork extends NamedNetwork {
  /** Undefined where there was nothing to decide. */
  readonly decision: TwinDecision | undefined;
}

/** What was found and taken is said. @throws InputError, WorkError, CancelledError */
export async function decideTwins(
  named: NamedNetwork,
  file: { readonly path: string; readonly stateDict: string | undefined },
  dataset: Dataset | undefined,
  { output, signal, start }: Work,
): Promise<DecidedNetwork> {
  const { model, input, checkpoint, twins } = named;
  const { architecture } = checkpoint.network;
  if (dataset === undefined || twins.length === 0 || isFileNetwork(architecture))
    return { ...named, decision: undefined };
  const names = [architecture, ...twins] as const;
  const decision = await tellTwinsApart(
    names,
    file,
    input,
    { dataset, start },
    {
      signal,
      progress: (done, of) => output.progress(`telling ${names.join(' and ')} apart: ${done} of ${of} images`),
    },
  );
  if (decision === undefined) return { ...named, decision };
  output.log(twinDecisionText(decision));
  const { taken } = decision;
  if (taken === architecture) return { ...named, decision };
  const twin = createModel(taken, model.inputSize, model.classes);
  const network = { ...checkpoint.network, architecture: taken, twins: names.filter((name) => name !== taken) };
  return { ...named, model: twin, checkpoint: { network, weights: weightsOf(network, file.path, twin) }, decision };
}
