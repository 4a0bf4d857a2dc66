// Just enough of edwards25519 to craft signatures that no honest signer makes. Affine and slow; for vectors only.
import { createHash } from "node:crypto";

export const P = 2n ** 255n - 19n;
export const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (a, m = P) => ((a % m) + m) % m;
const power = (a, e) => {
  let result = 1n;
  for (let base = mod(a); e > 0n; e >>= 1n, base = mod(base * base)) if (e & 1n) result = mod(result * base);
  return result;
};
const inverse = (a) => power(a, P - 2n);
const D = mod(-121665n * inverse(121666n));
const I = power(2n, (P - 1n) / 4n);

export const identity = [0n, 1n];
export const add = ([x1, y1], [x2, y2]) => {
  const t = mod(D * mod(x1 * x2) * mod(y1 * y2));
  return [mod((x1 * y2 + x2 * y1) * inverse(1n + t)), mod((y1 * y2 + x1 * x2) * inverse(1n - t))];
};
export const times = (k, point) => {
  let result = identity;
  for (let base = point; k > 0n; k >>= 1n, base = add(base, base)) if (k & 1n) result = add(result, base);
  return result;
};
export const littleEndian = (value) => Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse();
export const number = (bytes) => BigInt("0x" + Buffer.from(bytes).reverse().toString("hex"));
export const encode = ([x, y]) => littleEndian(y | ((x & 1n) << 255n));

// The point with this y and the even x, or null where there is none.
export const fromY = (y) => {
  const u = mod(y * y - 1n);
  const v = mod(D * y * y + 1n);
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * I);
  return mod(v * x * x) !== u ? null : [x & 1n ? P - x : x, y];
};
export const base = fromY(mod(4n * inverse(5n)));

export const challenge = (commitment, key, message) =>
  number(createHash("sha512").update(commitment).update(key).update(message).digest()) % L;

// A point of order eight: any point times L is of small order; look until it is of the full eight.
export const torsion = (() => {
  for (let y = 2n; ; y++) {
    const point = fromY(y);
    const small = point && times(L, point);
    if (small && times(4n, small)[1] !== 1n) return small;
  }
})();
