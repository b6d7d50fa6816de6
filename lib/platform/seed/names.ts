// What the demo's apps are called.

/** The apps that a new local platform has. */
export const demoAppNames = ["US employment", "Seattle weather"] as const;
