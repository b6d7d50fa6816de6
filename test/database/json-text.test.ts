// JSON whose numbers keep their digits.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {jsonText, LongNumber, parseJson} from "../../lib/database/json-text.js";

const long = (text: string) => new LongNumber(text);

describe("parseJson", () => {
  it("gives what JSON.parse gives, where that is what is written", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const rounded = JSON.stringify(parseJson(text), (_, value: unknown) =>
          value instanceof LongNumber ? Number(value.text) : value
        );
        expect(JSON.parse(rounded)).toEqual(JSON.parse(JSON.stringify(JSON.parse(text))));
      })
    );
    const text = `[0.1, 0.30000000000000004, 1.50, -0, 1e300, 2.5e-310, 1E+2, 9007199254740991, {"0.12345678901234567": "1234567890123456789"}]`;
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it.each([
    "12345678901234567890",
    "9007199254740993",
    "-9007199254740992",
    "90071992547409.931",
    "0.12345678901234567890",
    "1e400",
    "-1E+400",
    "1e-400",
    "123456789012345678e2"
  ])("keeps the digits of %s", (text) => {
    expect(parseJson(`[${text}]`)).toEqual([long(text)]);
    expect(parseJson(`{"a": {"b": ${text} }}`)).toEqual({a: {b: long(text)}});
  });

  it("takes no text for a number, whatever it is", () => {
    const texts = ["\ue000", "\ue00012345678901234567", "\\", '"', '12345678901234567890"', "\\ue001x"];
    const escaped = `"\\uE001123", "\\ue000"`;
    expect(parseJson(`[${texts.map((text) => JSON.stringify(text)).join(",")}, ${escaped}, 1e999]`)).toEqual([
      ...texts,
      "\ue001123",
      "\ue000",
      long("1e999")
    ]);
  });
});

describe("jsonText", () => {
  it("writes back what was read", () => {
    const text = `{"a":[1,12345678901234567890,{"b":"\\"é\\u0001","c":null}],"__proto__":{"d":1e400},"e":true,"f":[]}`;
    expect(jsonText(parseJson(text))).toBe(text);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonText(parseJson(JSON.stringify(value)))).toBe(JSON.stringify(value));
      })
    );
  });
});
