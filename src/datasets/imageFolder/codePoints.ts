/** As Python sorts strings, by code point: JavaScript sorts by UTF-16 units, which puts emoji before "ﬁ" and "￮". */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return orderOf(x) - orderOf(y);
  }
  return a.length - b.length;
}

/** Surrogates, the halves of code points from U+10000 on, come after every other unit. */
function orderOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
