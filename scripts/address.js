// The address of the repository, which package.json says and other files repeat. Without an argument: refuses a release from a repository with
// another address, so that the package never leads to a stranger's. With one: writes that address everywhere.
import {execFileSync} from "node:child_process";
import console from "node:console";
import {readFileSync, writeFileSync} from "node:fs";
import process from "node:process";

const git = (...args) => execFileSync("git", args, {encoding: "utf8"}).trim();
const form = /^(?:git\+)?(?:https:\/\/(?:[^@/]+@)?|ssh:\/\/git@|git@)([^/:]+)[/:](.+?)(?:\.git)?\/?$/;

/** As a browser has it: `https://github.com/owner/name`. */
function address(text) {
  const [, host, path] = form.exec(text) ?? [];
  return host === undefined ? undefined : `https://${host}/${path}`;
}

const {repository} = JSON.parse(readFileSync("package.json", "utf8"));
const written = repository?.url ?? repository ?? "";
const said = address(written);
const [given] = process.argv.slice(2);
const fail = (text) => {
  console.error(text);
  process.exitCode = 1;
};

if (said === undefined) {
  fail(
    `package.json has "repository": ${JSON.stringify(written)}; write it as git+https://github.com/OWNER/NAME.git`
  );
} else if (given === undefined) {
  let remote;
  try {
    remote = git("remote", "get-url", "origin");
  } catch {
    remote = "";
  }
  // The remote itself may hold a token.
  const found =
    address(remote) ?? (remote ? "at no address that is known" : "nowhere: it has no remote called origin");
  if (found !== said)
    fail(
      `package.json says that the repository is ${said}, and git that it is ${found}. ` +
        "Write the right address everywhere: npm run address -- https://github.com/OWNER/NAME"
    );
} else if (address(given) === undefined) {
  fail(`${given} is no address of a repository, such as https://github.com/OWNER/NAME`);
} else {
  // Files that aren't text, such as pictures, don't have it.
  const files = git("grep", "-lIF", said).split("\n");
  for (const file of files) writeFileSync(file, readFileSync(file, "utf8").replaceAll(said, address(given)));
  console.log(`${files.length} files now say ${address(given)}; look at them with git diff`);
}
