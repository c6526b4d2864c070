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
  const random = crypto.randomUUID()
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}${random.slice(18)}`
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
