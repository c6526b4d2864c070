import { connect, createServer as createProxy, type Socket } from 'node:net'

/** Stands between the application and its database, and can be taken away. */
export async function bridge(url: URL): Promise<{ url: string; down: () => void; up: () => Promise<void>; close: () => void }> {
  const sockets = new Set<Socket>()
  const proxy = createProxy((near) => {
    const far = connect(Number(url.port || 5432), url.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    }
    near.pipe(far).pipe(near)
  })
  const listen = (port: number) => new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = proxy.address() as { port: number }
  const down = () => {
    proxy.close()
    for (const socket of sockets) socket.destroy()
  }
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String(port)
  return { url: through.href, down, up: () => listen(port), close: down }
}
