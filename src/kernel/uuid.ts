let last = 0
let counter = 0

/** UUID version 7 (RFC 9562): 48 bits of milliseconds, a 12-bit counter that keeps ids of one process in order, 62 random bits. */
export function uuid(): string {
  let at = Date.now()
  if (at <= last) {
    at = last
    counter += 1
    if (counter > 0xfff) {
      counter = 0
      at = last += 1
    }
  } else {
    last = at
    counter = 0
  }
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${randomTail()}`
}

// getRandomValues and not randomUUID: browsers give that one to https and localhost only, and a company's server may stand on plain http in its own network.
const pool = new Uint8Array(8 * 128)
let used = pool.length
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** 'axxx-xxxxxxxxxxxx': two variant bits and 62 random ones. */
function randomTail(): string {
  if (used >= pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const at = used
  used += 8
  let text = HEX[(pool[at]! & 0x3f) | 0x80]!
  for (let index = 1; index < 8; index += 1) text += index === 2 ? `-${HEX[pool[at + index]!]}` : HEX[pool[at + index]!]
  return text
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
