// The operator's page.
import {describe, expect, it} from "vitest";
import {platform} from "./support.js";

const signedIn = ({userEmail, apiKey}: {userEmail: string; apiKey: string}) => ({
  authorization: `Basic ${Buffer.from(`${userEmail}:${apiKey}`).toString("base64")}`
});

describe("the page at /", () => {
  it("lists what there is, without a script or another host, everything escaped", async () => {
    const definition = {facets: [], arrows: [], arguments: {}, variables: {}, model_variables: {}};
    const {owner, platform: running} = await platform({
      seed: [
        {
          name: "<b>Bold</b> & 'quoted'",
          description: '"><img src=x onerror=alert(1)>',
          datasets: [{name: "Weather", directory: "[INPUT]", csv: "a,b\n1,2\n"}],
          models: [
            {
              name: "Casting",
              modelType: "Ai Cast",
              subModelType: "Base",
              description: "",
              versions: [{version: "v<1>", hyperparameters: {}, metrics: {}, createdAt: new Date(0)}]
            }
          ],
          flows: [{name: "Nightly", definition}]
        },
        {name: "Empty", description: "", datasets: [], models: []}
      ]
    });
    const response = await fetch(owner.baseUrl, {headers: signedIn(running)});
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'unsafe-inline'"
    );
    const text = await response.text();
    for (const shown of [
      "2 apps",
      "&lt;b&gt;Bold&lt;/b&gt; &amp; &#39;quoted&#39;",
      "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;",
      'Weather <span class="quiet">in [INPUT]</span>',
      "8 B",
      "Ai Cast Base",
      "v&lt;1&gt;",
      "Nightly",
      "never"
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).not.toMatch(/<script|<img|https?:/);
  });

  it("tells nothing without the key, and others nothing of an app that isn't shared with them", async () => {
    const seed = [{name: "Secret", description: "", datasets: [], models: []}];
    const {owner, platform: running} = await platform({seed});
    const wrong = {userEmail: running.userEmail, apiKey: "wrong"};
    for (const headers of [{}, signedIn(wrong), {authorization: "Basic ?"}, {authorization: "Basic Og=="}]) {
      const response = await fetch(owner.baseUrl, {headers});
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toMatch(/^Basic realm=/);
      expect(await response.text()).not.toMatch(/Secret|\d app/);
    }
    const other = await running.addUser("other@example.com");
    const seen = await (await fetch(owner.baseUrl, {headers: signedIn(other)})).text();
    expect(seen).toContain("0 apps");
    expect(seen).not.toContain("Secret");
  });
});
