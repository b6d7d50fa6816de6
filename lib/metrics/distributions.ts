// The distributions that p-values and intervals need. Accurate to about 1e-12; the tests hold them to SciPy's.

/** The normal distribution's probability below `z`. */
export function normalBelow(z: number): number {
  const beyond = gamma(0.5, (z * z) / 2).above / 2;
  return z < 0 ? beyond : 1 - beyond;
}

/** The `z` below which the normal distribution has the probability `p`, between 0 and 1. */
export const normalQuantile = (p: number): number => solve(normalBelow, p);

/** The probability of Student's t beyond ±|t|: a two-sided p-value. */
export const studentBeyond = (t: number, degrees: number): number =>
  betaBelow(degrees / 2, 0.5, degrees / (degrees + t * t));

/** The `t` below which Student's t has the probability `p`, between 0 and 1. */
export const studentQuantile = (p: number, degrees: number): number =>
  solve((t) => (t < 0 ? studentBeyond(t, degrees) / 2 : 1 - studentBeyond(t, degrees) / 2), p);

/** The probability of chi-squared above `x`. */
export const chiSquaredAbove = (x: number, degrees: number): number => gamma(degrees / 2, x / 2).above;

/** ln Γ(x) for x > 0, by Lanczos's series (W. H. Press et al., Numerical Recipes, 3rd ed., section 6.1: g = 671/128). */
function logGamma(x: number): number {
  // prettier-ignore
  const terms = [
    57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202, 3.399464998481189e-5,
    4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488,
    0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5,
    3.6899182659531625e-6
  ];
  const shifted = x + 671 / 128;
  const series = terms.reduce((sum, term, k) => sum + term / (x + k + 1), 0.9999999999999971);
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((2.5066282746310007 * series) / x);
}

/**
 * The regularized incomplete gamma functions P(a, x), below, and Q(a, x), above: the smaller by a series (DLMF 8.7.1) or a continued
 * fraction (DLMF 8.9.2).
 */
function gamma(a: number, x: number): {below: number; above: number} {
  if (x <= 0) return {below: 0, above: 1};
  if (x === Infinity) return {below: 1, above: 0};
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let sum = 1 / a;
    for (let n = 1, term = sum; Math.abs(term) > sum * 1e-17 && n < 10_000; ++n) sum += term *= x / (a + n);
    return {below: sum * scale, above: 1 - sum * scale};
  }
  const fraction = continued(
    (n) => (n === 1 ? 1 : -(n - 1) * (n - 1 - a)),
    (n) => x + 2 * n - 1 - a
  );
  return {below: 1 - scale * fraction, above: scale * fraction};
}

/** The regularized incomplete beta function Iₓ(a, b), by its continued fraction (DLMF 8.17.22). */
function betaBelow(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaBelow(b, a, 1 - x);
  const scale = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  const coefficient = (n: number) => {
    if (n === 1) return 1;
    const m = Math.floor((n - 1) / 2);
    return (n - 1) % 2
      ? -((a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
      : (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
  };
  return (scale * continued(coefficient, () => 1)) / a;
}

/** The continued fraction a₁/(b₁ + a₂/(b₂ + …)), by Lentz's method (Numerical Recipes, section 5.2). */
function continued(a: (n: number) => number, b: (n: number) => number): number {
  const tiny = 1e-300;
  let value = tiny;
  let c = value;
  let d = 0;
  for (let n = 1; n < 10_000; ++n) {
    d = 1 / (b(n) + a(n) * d || tiny);
    c = b(n) + a(n) / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

/** Where an increasing function of the whole line reaches `p`, by halving. */
function solve(below: (x: number) => number, p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`The probability is ${p}: give it as a share between 0 and 1`);
  let [low, high] = [-1, 1];
  while (below(low) > p) low *= 2;
  while (below(high) < p) high *= 2;
  for (let i = 0; i < 100 && high - low > 1e-15 * Math.abs(high + low); ++i) {
    const middle = (low + high) / 2;
    if (below(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
