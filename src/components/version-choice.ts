// Which of a model's versions are set side by side.

interface VersionsInput extends HTMLElement {
  value: string[];
}

interface Count {
  least: number;
  most: number;
}

/** How many versions are set side by side: two to six, or the only one that there is. */
export const comparable = (versions: readonly string[]): Count => ({
  least: Math.min(2, versions.length),
  most: 6
});

/** Whether so many are chosen. */
export const isChoice = ({length}: readonly string[], {least, most}: Count) =>
  length >= least && length <= most;

/** For `Generators.observe`: each choice of as many versions as that. With too few or too many, the choice before stays. */
export const validChoices =
  (input: VersionsInput, count: Count) => (change: (versions: string[]) => void) => {
    const look = () => {
      if (isChoice(input.value, count)) change(input.value);
    };
    look();
    input.addEventListener("input", look);
    return () => input.removeEventListener("input", look);
  };

/** What to do when a choice isn't one of so many; empty when it is. */
export function choiceNote(picked: readonly string[], count: Count): string {
  if (isChoice(picked, count)) return "";
  const many = count.least === 1 ? "the version" : "two to six versions";
  return `Choose ${many}: ${picked.length} chosen. What is below is of the choice before.`;
}

/** The two that are compared series by series: the one that differences are from, or the first, and the last of the others. */
export function pairOf(compared: readonly string[], baseline: string | null) {
  const from = baseline !== null && compared.includes(baseline) ? baseline : compared[0];
  const to = compared.findLast((version) => version !== from);
  return from === undefined || to === undefined ? undefined : {from, to};
}
