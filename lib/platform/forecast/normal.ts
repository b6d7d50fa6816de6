// The standard normal distribution's quantiles, and the intervals made with them.
import type {Forecast} from "./method.js";

/**
 * The z with P(Z < z) = p, for 0 < p < 1, to about 16 digits: algorithm AS 241 (PPND16) of M. J. Wichura, "The
 * percentage points of the normal distribution", Applied Statistics 37 (1988), 477–484.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(0.180625 - q * q, centreNumerator, centreDenominator);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z =
    r <= 5 ? ratio(r - 1.6, flankNumerator, flankDenominator) : ratio(r - 5, tailNumerator, tailDenominator);
  return q < 0 ? -z : z;
}

/**
 * The interval point ± z·sigma of normally distributed errors, z for the two-sided coverage `level`; `sigma` holds the
 * standard deviation of each step's error, in the point's unit (Hyndman & Athanasopoulos, Forecasting: Principles and
 * Practice, 3rd edition [fpp3], section 5.5).
 */
export function normalInterval(
  point: Float64Array,
  sigma: Float64Array,
  level: number
): Pick<Forecast, "point" | "lower" | "upper"> {
  const z = normalQuantile((1 + level) / 2);
  return {
    point,
    lower: point.map((value, h) => value - z * sigma[h]!),
    upper: point.map((value, h) => value + z * sigma[h]!)
  };
}

/**
 * The residuals' standard deviation, sqrt(sum of squares / (T − K − M)): T values, M of them without a fitted value, and
 * K parameters estimated from the data (fpp3, equation 5.1).
 */
export function residualDeviation(y: Float64Array, fitted: Float64Array, parameters = 0): number {
  let sum = 0;
  let count = 0;
  for (let t = 0; t < y.length; t++) {
    if (Number.isNaN(fitted[t]!)) continue;
    sum += (y[t]! - fitted[t]!) ** 2;
    count++;
  }
  return Math.sqrt(sum / Math.max(1, count - parameters));
}

/**
 * The error's standard deviation after 1, 2, … steps: sigma·sqrt(ψ₀² + … + ψ²ₕ₋₁), where ψⱼ is what a shock of 1 adds to
 * the value j steps later (fpp3, section 9.8).
 */
export function accumulate(sigma: number, psi: Float64Array): Float64Array {
  let squares = 0;
  return psi.map((weight) => sigma * Math.sqrt((squares += weight ** 2)));
}

// Coefficients from the constant term up.
const centreNumerator = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227
];
const centreDenominator = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854
];
const flankNumerator = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414
];
const flankDenominator = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9
];
const tailNumerator = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7
];
const tailDenominator = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15
];

const polynomial = (x: number, coefficients: number[]) =>
  coefficients.reduceRight((sum, c) => sum * x + c, 0);
const ratio = (x: number, above: number[], below: number[]) => polynomial(x, above) / polynomial(x, below);
