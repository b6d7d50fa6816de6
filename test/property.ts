// What property tests draw: the same values in each run, so that a change that is right passes and one that is wrong fails each time.
// `PROPERTY_SEED=random npm test` draws others, `PROPERTY_SEED=42` those of a seed that a failure has named, and `PROPERTY_RUNS=1000`
// more of them where a test says no number of its own: new faults are looked for so.
import fc from "fast-check";

const {PROPERTY_SEED: seed = "20261129", PROPERTY_RUNS: runs} = process.env;

fc.configureGlobal({
  ...(seed !== "random" && {seed: Number(seed)}),
  ...(runs !== undefined && {numRuns: Number(runs)})
});
