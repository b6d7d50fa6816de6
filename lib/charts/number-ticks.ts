// The ticks of an axis of numbers that people count in, such as horizons.
import {exactFormat, type Format} from "./format.js";
import {room} from "./frame.js";

/** The format of these positions, with all of their digits: thousands are separated, except where all may be years. */
export function countFormat(positions: readonly number[]): Format<number> {
  const areYears = positions.every((at) => Number.isInteger(at) && at >= 1000 && at <= 3000);
  return exactFormat({useGrouping: !areYears});
}

/** All positions if their labels fit this many pixels, else the round ones: every 2nd, 5th, 10th and so on. */
export function ticksAt(positions: number[], width: number, format: Format<number>): number[] {
  const each = room(positions.map(format)) + 8;
  const most = Math.max(1, Math.floor(width / each));
  if (positions.length <= most) return positions;
  const last = Math.abs(positions.at(-1)!);
  const powers = Array.from({length: Math.ceil(Math.log10(last + 1)) + 1}, (_, i) => 10 ** i);
  for (const step of powers.flatMap((power) => [power, 2 * power, 5 * power])) {
    const round = positions.filter((position) => position % step === 0);
    if (round.length > 1 && round.length <= most) return round;
  }
  const step = Math.ceil(positions.length / most);
  return positions.filter((_, i) => i % step === 0);
}
