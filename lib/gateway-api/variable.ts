// Run variables as ikigai.config.ts describes them and a form asks for them.

/** A run variable: what a form asks for, and what is checked before anything reaches the platform. */
export type Variable =
  IntegerVariable | NumberVariable | TextVariable | BooleanVariable | DateVariable | ChoiceVariable;

interface Described {
  /** Its name in a form; the variable's name if left out. */
  label?: string;
  /** A sentence that a form shows below the field. */
  help?: string;
  /** Whether a run needs a value. Without a value and a default, the flow itself decides. */
  required?: boolean;
}

/** A whole number, within ±(2⁵³ − 1). */
export interface IntegerVariable extends Described {
  type: "integer";
  /** Smallest value allowed. */
  min?: number;
  /** Largest value allowed. */
  max?: number;
  default?: number;
}

/** A number, which may have a fraction. */
export interface NumberVariable extends Described {
  type: "number";
  /** Smallest value allowed. */
  min?: number;
  /** Largest value allowed. */
  max?: number;
  default?: number;
}

/** A text of at most 4,000 characters. */
export interface TextVariable extends Described {
  type: "text";
  /** A regular expression that the whole value must match, as in HTML: `"[A-Z]{3}"`. */
  pattern?: string;
  default?: string;
}

/** True or false. */
export interface BooleanVariable extends Described {
  type: "boolean";
  default?: boolean;
}

/** A day of the calendar, `YYYY-MM-DD`. */
export interface DateVariable extends Described {
  type: "date";
  /** Earliest day allowed, `YYYY-MM-DD`. */
  min?: string;
  /** Latest day allowed, `YYYY-MM-DD`. */
  max?: string;
  default?: string;
}

/** One of several texts. */
export interface ChoiceVariable extends Described {
  type: "choice";
  /** The values to choose from, at least one. */
  options: string[];
  default?: string;
}

/** A value of a run variable as it travels; a date is `YYYY-MM-DD`. */
export type VariableValue = string | number | boolean;

/** Values of a run's variables, by their names. */
export type VariableValues = Record<string, VariableValue>;
