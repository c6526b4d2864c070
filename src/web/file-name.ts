/** RFC 6266: filename*=UTF-8''… first, then filename="…". */
export function fileName(disposition: string | null): string | undefined {
  if (disposition === null) return undefined
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (encoded !== undefined) return decodeURIComponent(encoded)
  return /filename="([^"]+)"/i.exec(disposition)?.[1]
}
