// Statements to begin with.

export const examples = [
  {
    title: "Error by version and horizon, of one sector",
    sql: `SELECT version, horizon,
  round(100 * sum(abs(actual - forecast)) / sum(actual), 2) AS wape_percent
FROM forecast
WHERE sector = 'Construction' AND horizon IN (1, 6, 12)
GROUP BY ALL
ORDER BY horizon, wape_percent`
  },
  {
    title: "Forecasts that were farthest off",
    sql: `SELECT sector, version, origin, month, actual, forecast, forecast / actual - 1 AS error
FROM forecast
WHERE actual IS NOT NULL
ORDER BY abs(forecast / actual - 1) DESC
LIMIT 50`
  },
  {
    title: "Every measure of every version",
    sql: `SELECT version, wape(actual, forecast) AS wape, mape(actual, forecast) AS mape, mae(actual, forecast) AS mae,
  rmse(actual, forecast) AS rmse, bias(actual, forecast) AS bias, coverage(actual, lower, upper) AS coverage
FROM forecast
GROUP BY version
ORDER BY wape`
  },
  {
    title: "Growth of each sector since the year before",
    sql: `SELECT sector, month, employees,
  employees / lag(employees, 12) OVER (PARTITION BY sector ORDER BY month) - 1 AS growth
FROM history
QUALIFY growth IS NOT NULL
ORDER BY month DESC, growth DESC`
  },
  {
    title: "Warmest days in Seattle",
    sql: `SELECT date, temp_max, temp_min, precipitation
FROM weather
ORDER BY temp_max DESC
LIMIT 20`
  }
];
