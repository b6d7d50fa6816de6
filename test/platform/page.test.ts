// The operator's page.
import {describe, expect, it} from "vitest";
import {platform} from "./support.js";

describe("the page at /", () => {
  it("lists what there is, without a script or another host, everything escaped", async () => {
    const definition = {facets: [], arrows: [], arguments: {}, variables: {}, model_variables: {}};
    const {owner} = await platform({
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
    const response = await fetch(owner.baseUrl);
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
});
