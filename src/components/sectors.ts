// How the sectors of US employment are made of one another.

/** The parts of total nonfarm employment: together they are the whole, and none contains another. */
export const parts = [
  "Mining and logging",
  "Construction",
  "Durable goods",
  "Nondurable goods",
  "Wholesale trade",
  "Retail trade",
  "Transportation and warehousing",
  "Utilities",
  "Information",
  "Financial activities",
  "Professional and business services",
  "Education and health services",
  "Leisure and hospitality",
  "Other services",
  "Government"
];

/** The rows of the parts, in SQL: what is summed up over them counts nothing twice. */
export const arePartsSql = `sector IN (${parts.map((name) => `'${name}'`).join(", ")})`;
