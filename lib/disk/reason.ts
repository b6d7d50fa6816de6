// Says in a sentence what a disk has refused: which path, why, and the fix. Node and DuckDB tell it by codes and words of their own.
import {lstatSync, readlinkSync, statSync} from "node:fs";
import {dirname} from "node:path";

/** A refusal: what a sentence needs. */
interface Refusal {
  code: string;
  /** What the operating system was asked to do. */
  syscall?: string | undefined;
  path?: string | undefined;
}

/** What DuckDB says, by the code that Node has for it. */
const words: [RegExp, string][] = [
  [/No space left on device/i, "ENOSPC"],
  [/Disk quota exceeded/i, "EDQUOT"],
  [/File too large/i, "EFBIG"],
  [/Permission denied/i, "EACCES"],
  [/Read-only file system/i, "EROFS"],
  [/Not a directory/i, "ENOTDIR"],
  [/Is a directory/i, "EISDIR"]
];

/**
 * Why something failed: of what a disk has refused a sentence with the fix, of others the error's own message.
 * @param file what was read or written, for errors that don't name it
 */
export function reasonOf(error: unknown, file?: string): string {
  const found = faultOf(error, file);
  if (!found) return error instanceof Error ? error.message : String(error);
  const {code, path, what, fix} = found;
  const text = `${what}. ${fix}`;
  return `${text} (${path === undefined || text.includes(path) ? code : `${code}: ${path}`})`;
}

/** What a disk has refused, in words. */
export interface DiskFault extends Refusal {
  what: string;
  fix: string;
}

/** What a disk has refused, by an error or by what has caused it; undefined where it was no disk. */
export function diskFault(error: unknown): DiskFault | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const found = faultOf(cause);
    if (found) return found;
  }
  return undefined;
}

function faultOf(error: unknown, file?: string): DiskFault | undefined {
  const found = refusalOf(error);
  const refusal = found && {...found, path: found.path ?? file};
  const words = refusal && sentence(refusal);
  return words && {...refusal, what: words[0], fix: words[1]};
}

/** Calls of the network and of other programs fail with some of the same codes. */
const otherCall = /^(?:connect|listen|bind|getaddrinfo|spawn)/;

/** What a disk has refused, as far as the error tells. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const {code, syscall, path, dest, message} = error as NodeJS.ErrnoException & {dest?: string};
  if (code !== undefined)
    return otherCall.test(syscall ?? "") ? undefined : {code, syscall, path: dest ?? path};
  if (!/^(?:IO Error|Cannot |Could not |TransactionContext)/.test(message)) return undefined;
  const found = words.find(([pattern]) => pattern.test(message));
  return found && {code: found[1], path: /"([^"]+)"/.exec(message)?.[1]};
}

/** What is wrong, and the fix. */
function sentence({code, syscall, path}: Refusal): [what: string, fix: string] | undefined {
  const what = path ?? "a file";
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG": // the shell's limit of a file's size
      return ["the disk is full", "Free some space, or set TMPDIR to a folder on a larger disk"];
    case "EACCES":
    case "EPERM":
      return [
        `this user has no permission for ${what}`,
        "Run it as the owner of the folder, or give this user the permission (chown, chmod)"
      ];
    case "EROFS":
      return [
        `${what} can't be written: its disk is read-only`,
        "Mount it so that it can be written, or move the project"
      ];
    case "ENOTDIR":
    case "EEXIST": {
      // Node says the second of a folder that is to be made.
      const broken = linkFault(path);
      if (broken) return broken;
      const file = path === undefined ? undefined : fileIn(path);
      return file === undefined ? undefined : [`${file} is a file, and should be a folder`, "Move it away"];
    }
    case "ENOENT": {
      const broken = linkFault(path);
      if (broken) return broken;
      // Others have to do with what is missing, and say so in their own words.
      if (syscall !== "mkdtemp" || path === undefined) return undefined;
      return [
        `there is no folder ${dirname(path)} for temporary files`,
        "Make it, or set TMPDIR to a folder that exists"
      ];
    }
    case "EISDIR":
      return path === undefined ? undefined : [`${path} is a folder, and should be a file`, "Move it away"];
    case "EMFILE":
    case "ENFILE":
      return [`too many files are open to open ${what}`, "Raise the limit (ulimit -n)"];
    case "EIO":
      return [`the disk can't read or write ${what}`, "Look at the system's log for its faults"];
    case "ELOOP":
      return linkFault(path) ?? [`${what} is a symbolic link that leads back to itself`, "Remove it"];
    case "EXDEV":
      return [`${what} can't be moved to another disk`, "Keep its folder on the disk of the project"];
    default:
      return undefined;
  }
}

/** The part of a path that is a symbolic link to what isn't there, or to itself, in words. */
function linkFault(path = ""): [what: string, fix: string] | undefined {
  const link = nearest(path, lstatSync);
  if (link === undefined || !lstatSync(link).isSymbolicLink()) return undefined;
  try {
    statSync(link);
    return undefined;
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === "ELOOP") return [`${link} is a symbolic link that leads back to itself`, "Remove it"];
    if (code !== "ENOENT" && code !== "ENOTDIR") return undefined; // such as a folder that this user may not look into
    return [
      `${link} is a symbolic link to ${readlinkSync(link)}, which doesn't exist`,
      "Remove the link, or make what it points to"
    ];
  }
}

/** The part of a path that is a file, where it would have to be a folder. */
function fileIn(path: string): string | undefined {
  const found = nearest(path, statSync);
  return found !== undefined && !statSync(found).isDirectory() ? found : undefined;
}

/** The longest part of a path that is there. */
function nearest(path: string, look: (path: string) => unknown): string | undefined {
  for (let part = path; ; part = dirname(part)) {
    try {
      look(part);
      return part;
    } catch {
      // Nothing is there, or its folder is a file: the part above tells.
    }
    if (dirname(part) === part) return undefined;
  }
}
