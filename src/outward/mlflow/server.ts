/** Which MLflow server is meant, and what it is told of who asks: by the variables of MLflow's own client. */
import { InputError } from '../../common/errors';

export interface MlflowServer {
  /** Without a slash at its end. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the environment has credentials that are another server's, and so are not sent. */
  readonly keepsCredentials: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const URI = 'MLFLOW_TRACKING_URI';

/**
 * Credentials go to the server that the person names, in the environment or on the command line. A study file may be a
 * stranger's: its server gets none of them, unless it is that one.
 * @param typed on the command line @param ofStudy the study's `logging.mlflow.uri`
 * @throws InputError where no server is named, or it is none of http or https
 */
export function mlflowServer(
  { typed, ofStudy }: { readonly typed?: string | undefined; readonly ofStudy?: string | undefined },
  environment: Environment = process.env,
): MlflowServer {
  const named = environment[URI] === '' ? undefined : environment[URI];
  const address = typed ?? ofStudy ?? named;
  if (address === undefined) {
    throw new InputError('no MLflow server is named', {
      place: '--uri',
      expected: `an address, "logging": { "mlflow": { "uri": … } } in the study, or ${URI} in the environment`,
    });
  }
  const url = webAddress(address, typed === undefined && ofStudy === undefined ? URI : '--uri');
  const isTrusted = typed !== undefined || originOf(named) === url.origin;
  const headers = credentials(environment);
  return {
    address: url.href.replace(/\/+$/, ''),
    headers: isTrusted ? headers : {},
    keepsCredentials: !isTrusted && Object.keys(headers).length > 0,
  };
}

function webAddress(address: string, place: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url !== undefined && ['http:', 'https:'].includes(url.protocol) && isPlain) return url;
  const hidesNothing = url === undefined || isPlain;
  throw new InputError('not the address of an MLflow server', {
    place,
    // Not as it is where it may hold a password.
    found: hidesNothing ? JSON.stringify(address) : 'an address with a user, a query or a fragment',
    expected: 'an http or https address, such as http://localhost:5000',
    ...(hidesNothing ? {} : { advice: 'Credentials go into MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.' }),
  });
}

function originOf(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : undefined;
}

/** As mlflow.utils.rest_utils has it: a user and password win over a token. */
function credentials(environment: Environment): Record<string, string> {
  const {
    MLFLOW_TRACKING_USERNAME: user,
    MLFLOW_TRACKING_PASSWORD: password,
    MLFLOW_TRACKING_TOKEN: token,
  } = environment;
  if (user && password) return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  return token ? { authorization: `Bearer ${token}` } : {};
}
