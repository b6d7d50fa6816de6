// How the sectors of US employment are made of one another.

/** What each sector is made of, as the Bureau of Labor Statistics divides it: together its parts are the whole. */
const madeOf: Record<string, string[]> = {
  "Total nonfarm": ["Goods-producing", "Service-providing"],
  "Total private": ["Goods-producing", "Private service-providing"],
  "Goods-producing": ["Mining and logging", "Construction", "Manufacturing"],
  Manufacturing: ["Durable goods", "Nondurable goods"],
  "Service-providing": ["Private service-providing", "Government"],
  "Private service-providing": [
    "Trade, transportation, and utilities",
    "Information",
    "Financial activities",
    "Professional and business services",
    "Education and health services",
    "Leisure and hospitality",
    "Other services"
  ],
  "Trade, transportation, and utilities": [
    "Wholesale trade",
    "Retail trade",
    "Transportation and warehousing",
    "Utilities"
  ]
};

const root = "Total nonfarm";

/** The sectors that it is divided into; none if it contains no others. */
export const partsOf = (sector: string): string[] => madeOf[sector] ?? [];

/** The sectors that contain it, from the total down; none for the total, and for what another division has. */
export function pathTo(sector: string, from = root): string[] {
  const parts = partsOf(from);
  if (parts.includes(sector)) return [from];
  for (const part of parts) {
    const rest = pathTo(sector, part);
    if (rest.length) return [from, ...rest];
  }
  return [];
}

const divided = (parent: string): {sector: string; parent: string | null}[] =>
  partsOf(parent).flatMap((sector) => [{sector, parent}, ...divided(sector)]);

/** The total and all that it is divided into, each with the sector that it is a part of. */
export const divisions = [{sector: root, parent: null}, ...divided(root)];

const leavesOf = (sector: string): string[] =>
  sector in madeOf ? partsOf(sector).flatMap(leavesOf) : [sector];

/** The parts of total nonfarm employment: together they are the whole, and none contains another. */
export const parts = leavesOf(root);

/** The rows of the parts, in SQL: what is summed up over them counts nothing twice. */
export const arePartsSql = `sector IN (${parts.map((name) => `'${name}'`).join(", ")})`;
