// Whether a text can be the path below which a gateway serves, such as "/team/dashboard/", and if not, why.

/** Of Framework's own links and the API's paths none needs escaping; a base that did would be another in every place. */
const segment = /^[A-Za-z0-9._~-]+$/;
const may = "between its slashes it may have letters (A to Z without accents), digits and . _ ~ -";

/** What is wrong with a base, with one that is right where that is clear; undefined where nothing is. */
export function baseProblem(base: string): string | undefined {
  if (base.trim() === "") return 'is empty; write a path such as "/team/dashboard/", or leave it out for "/"';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(base))
    return `is a whole address; write its path alone${URL.canParse(base) ? `, ${instead(new URL(base).pathname)}` : ""}`;
  const [path = ""] = base.split(/[?#]/);
  if (path !== base)
    return `can't have a query or a fragment, which begin with "?" and "#"; write the path alone, ${instead(path)}`;
  const parts = base.split("/").filter(Boolean);
  const dots = parts.find((part) => /^\.+$/.test(part));
  if (dots !== undefined) return `can't have the part ${JSON.stringify(dots)}, which leads to another folder`;
  const wrong = parts.find((part) => !segment.test(part));
  if (wrong !== undefined) return `can't have the part ${JSON.stringify(wrong)}: ${may}; ${instead(base)}`;
  return base === written(parts) ? undefined : `should begin and end with "/": ${instead(base)}`;
}

const written = (parts: string[]) => `/${parts.map((part) => `${part}/`).join("")}`;

/** The nearest base that is right, as an example. */
function instead(path: string): string {
  const parts = path
    .normalize("NFD")
    .replace(/[\u0300-\u036f'"]/g, "")
    .split("/")
    .map((part) => part.replace(/[^A-Za-z0-9._~-]+/g, "-").replace(/^[-.]+|[-.]+$/g, ""))
    .filter(Boolean);
  return `such as ${JSON.stringify(written(parts.length > 0 ? parts : ["team", "dashboard"]))}`;
}
