// Where the names of dots stand, so that each can be read.
export interface Point {
  x: number;
  y: number;
}

const [lineHeight, radius] = [16, 7];
/** How far from its dot the middle of a name may be, the best first. */
const offsets = [1, 2, 3, 4].flatMap((line) => [-lineHeight * line - 2, lineHeight * line + 2]);

/**
 * The middle of each name, of these widths in pixels: above its dot, or below it or further away where another name or dot is in the way,
 * and as far to the side as the ends of the room require.
 */
export function namePlaces(dots: Point[], widths: number[], [left, right]: [number, number]): Point[] {
  const taken = dots.map(({x, y}) => ({x, y, width: 2 * radius, height: 2 * radius}));
  return dots.map((dot, i) => {
    const width = widths[i]!;
    const x = Math.max(left + width / 2, Math.min(right - width / 2, dot.x));
    const boxes = offsets.map((offset) => ({x, y: dot.y + offset, width, height: lineHeight}));
    const box = boxes.find((each) => !taken.some((other) => overlap(each, other))) ?? boxes[0]!;
    taken.push(box);
    return {x: box.x, y: box.y};
  });
}

type Box = Point & {width: number; height: number};

const overlap = (a: Box, b: Box) =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
