// Ids like the platform's own: KSUIDs, 27 letters and digits that sort by the second they were made in.
// Format: https://github.com/segmentio/ksuid (four bytes of time, sixteen of chance, in base 62).
import {randomBytes} from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const epoch = 1_400_000_000;
const length = 27;

export function newId(): string {
  const bytes = randomBytes(20);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000) - epoch);
  let number = BigInt("0x" + bytes.toString("hex"));
  let id = "";
  for (; number > 0n; number /= 62n) id = alphabet[Number(number % 62n)] + id;
  return id.padStart(length, "0");
}
