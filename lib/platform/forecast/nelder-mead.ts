// A search for the lowest point of a function that has no derivative.

/**
 * The simplex method of J. A. Nelder & R. Mead (The Computer Journal 7 (1965), 308–313) with their coefficients, inside
 * the box [0, 1]ⁿ: a step that leaves it ends on its wall. Deterministic.
 * @param start where to begin, inside the box
 * @returns the best corner found, once the corners' values agree to 10 digits or after 200 rounds a dimension
 */
export function nelderMead(f: (x: number[]) => number, start: number[]): number[] {
  const corner = (x: number[]) => {
    const inside = x.map((value) => Math.min(1, Math.max(0, value)));
    return {x: inside, value: f(inside)};
  };
  const simplex = [
    corner(start),
    ...start.map((value, i) => corner(start.with(i, value > 0.5 ? value - 0.2 : value + 0.2)))
  ];
  for (let round = 0; round < 200 * start.length; round++) {
    simplex.sort((a, b) => a.value - b.value);
    const best = simplex[0]!;
    const worst = simplex.at(-1)!;
    if (worst.value - best.value <= 1e-10 * Math.abs(best.value)) break;
    const others = simplex.slice(0, -1);
    const centre = start.map((_, i) => others.reduce((sum, {x}) => sum + x[i]!, 0) / others.length);
    const towards = (factor: number) => corner(centre.map((c, i) => c + factor * (worst.x[i]! - c)));

    const reflected = towards(-1);
    if (reflected.value < best.value) {
      const expanded = towards(-2);
      simplex[simplex.length - 1] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < others.at(-1)!.value) {
      simplex[simplex.length - 1] = reflected;
    } else {
      const contracted = towards(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) {
        simplex[simplex.length - 1] = contracted;
      } else {
        for (let i = 1; i < simplex.length; i++) {
          simplex[i] = corner(simplex[i]!.x.map((value, j) => (value + best.x[j]!) / 2));
        }
      }
    }
  }
  return simplex.sort((a, b) => a.value - b.value)[0]!.x;
}
