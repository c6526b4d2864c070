import { createHash } from 'node:crypto'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Of src/web/public: what the app shows without the network. */
const PUBLIC_FILES = ['/icon.svg', '/manifest.webmanifest']

/** Builds src/web/service-worker.ts as /sw.js and writes the list of the app's files into it. */
function serviceWorker(): Plugin {
  return {
    name: 'huikuan-service-worker',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: 'src/web/service-worker.ts', fileName: 'sw.js' })
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = Object.keys(bundle).filter((name) => name.startsWith('assets/'))
        const page = bundle['index.html']
        const version = createHash('sha256')
          .update(files.sort().join())
          .update(page?.type === 'asset' ? page.source : '')
        const shell = { version: version.digest('hex').slice(0, 16), files: [...PUBLIC_FILES, ...files.map((name) => `/${name}`)] }
        const worker = bundle['sw.js']
        if (worker?.type !== 'chunk' || worker.imports.length > 0 || page === undefined)
          this.error('the service worker must be one file, beside index.html')
        worker.code = worker.code.replace('__SHELL__', () => JSON.stringify(shell))
      },
    },
  }
}

export default defineConfig({
  plugins: [react(), serviceWorker()],
  publicDir: 'src/web/public',
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8080' } },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    // The content security policy allows no data: scripts and keeps images small; everything is a file with a hash in its name.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
})
