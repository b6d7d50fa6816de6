// The page that asks for the shared token, in place of whatever page was asked for.
import {pageHeader} from "../gateway-api/index.js";
import {gatewayPage, type Page} from "./page.js";

const html = (base: string) => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>Sign in</title>
<style>
  body {font: 17px/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 100vh; margin: 0; padding: 1rem; box-sizing: border-box}
  form {display: grid; gap: 0.75rem; width: min(22rem, 90vw)}
  h1 {font-size: 1.4rem; margin: 0}
  p {margin: 0}
  input, button {font: inherit; padding: 0.5rem 0.75rem; box-sizing: border-box; width: 100%}
  [role="alert"]:not(:empty) {border-left: 4px solid #c62828; padding-left: 0.75rem}
</style>
</head>
<body>
<main>
<form>
  <h1>Sign in</h1>
  <p id="help">You need this site's access token. Ask the person who runs the site for it.</p>
  <label for="token">Access token</label>
  <input id="token" type="password" autocomplete="current-password" aria-describedby="help" required autofocus>
  <button>Sign in</button>
  <p role="alert"></p>
  <noscript>Signing in needs JavaScript, as do the pages behind it.</noscript>
</form>
</main>
<script type="module">
// A viewer who follows a link from another site comes without the cookie. Asking again from here sends it.
if (!document.referrer.startsWith(location.origin + "/")) {
  const {ok} = await fetch(location.href, {method: "HEAD"});
  if (ok) location.replace(location.href);
}
const form = document.querySelector("form");
const input = form.querySelector("input");
const alert = form.querySelector("[role=alert]");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  alert.textContent = "";
  try {
    const response = await fetch("${base}api/session", {
      method: "POST",
      headers: {"content-type": "application/json", "${pageHeader}": "1"},
      body: JSON.stringify({token: input.value})
    });
    if (response.ok) return location.reload();
    alert.textContent = (await response.json()).error.message;
  } catch {
    alert.textContent = "The site can't be reached just now. Try again.";
  }
  input.select();
});
</script>
</body>
</html>
`;

/** @param base the path below which the site is served */
export const signInPage = (base: string): Page => gatewayPage(html(base), {base});
