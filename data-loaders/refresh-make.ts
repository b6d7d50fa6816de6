// Makes the files that a refresh pulls, again where that may help, and tells what is left of those that fail.
import {LoadError} from "./error.js";
import {lookup} from "./lookup.js";
import {makeSources} from "./make-all.js";
import type {PullContext} from "./make-file.js";
import {isKept, type PlannedFile} from "./planned-file.js";
import {mayPass, refusal} from "./retries.js";
import {asError, askedOf, isCatalog, mayTryAgain} from "./refresh-plan.js";
import type {Refresh, Refreshed, RefreshOptions, StaleFile} from "./refresh-types.js";

/** Makes what is to be pulled, and again what failed in a way that may pass. */
export async function makeEach({options, planned}: Refresh, context: PullContext): Promise<void> {
  const {config, client, retryDelay, signal} = options;
  let open = planned.filter((file) => file.why !== undefined && !file.error && !isCatalog(file));
  for (let attempt = 0; open.length > 0; ++attempt) {
    const find = attempt === 0 ? context.find : lookup(client, context.signal);
    const requests = [...new Map(open.map(({request}) => [request.file, request])).values()];
    const sources = await makeSources(requests, {...context, find}, config);
    const made = await Promise.allSettled(sources.map(({made}) => made));
    for (const [i, outcome] of made.entries()) {
      const names = new Set(sources[i]!.requests.map(({file}) => file));
      for (const file of open.filter(({request}) => names.has(request.file))) {
        file.error = outcome.status === "rejected" ? asError(outcome.reason) : undefined;
        if (outcome.status === "fulfilled")
          file.result = outcome.value.find(({request}) => request.file === file.request.file);
      }
    }
    open = open.filter(({error}) => mayPass(error));
    if (
      open.length > 0 &&
      !(await mayTryAgain(open[0]!.error, attempt, config.refresh.retries, retryDelay, signal))
    )
      break;
  }
  signal?.throwIfAborted();
}

/**
 * The files that can't be pulled: those whose last good data is kept, and those that are lost. Throws a LoadError that lists the lost
 * ones unless they may be left out.
 */
export async function failures({
  options,
  planned,
  now
}: Refresh): Promise<{stale: StaleFile[]; lost: Refreshed["skipped"]}> {
  const {cache, keepStale = false, isLenient = false, onWarning} = options;
  const failed = planned.filter(({error}) => error !== undefined);
  if (!isLenient) throwIfAllRefused(options, planned);
  const lost: Refreshed["skipped"] = [];
  const stale: StaleFile[] = [];
  for (const file of failed) {
    const {message} = file.error!;
    if (keepStale && (await isKept(cache, file)))
      stale.push({file: file.path, message, since: file.known!.stale?.since ?? now});
    else lost.push({file: file.path, message});
  }
  const messages = [...new Set(lost.map(({message}) => message))];
  const areAll = lost.length >= planned.filter((file) => !isCatalog(file)).length;
  if (lost.length > 0 && (!isLenient || areAll))
    throw new LoadError(messages.join("\n"), {cause: failed[0]!.error});
  messages.forEach((message) => onWarning?.(message));
  return {stale, lost};
}

/**
 * Throws a LoadError if the platform has refused this user and key for each source: then it is no source that fails but the account that
 * isn't set up, which nobody should find out from data that grows old.
 */
function throwIfAllRefused(options: RefreshOptions, planned: PlannedFile[]): void {
  // Of a config without flows, flows.json is made without asking.
  const isLocal = ({request}: PlannedFile) =>
    request.kind === "flows" && Object.keys(options.config.flows).length === 0;
  const asked = planned
    .filter(askedOf(options, planned))
    .filter((file) => !isCatalog(file) && !isLocal(file));
  const refusals = asked.map(({error}) => refusal(error));
  const [first] = refusals;
  if (!first || refusals.includes(undefined)) return;
  throw new LoadError(
    `The platform refuses this account for all sources, so none is refreshed and nothing was changed. ${first.message}`,
    {cause: first}
  );
}
