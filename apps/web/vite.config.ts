import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

/** In development the services' public door is at HOURGLASS_API; behind the gateway, or once built, it is the page's own address. */
const api = process.env.HOURGLASS_API

export default defineConfig({
  plugins: [solid()],
  build: {
    target: ['chrome125', 'firefox128', 'safari17.5'],
    manifest: true,
    // The pages' policy allows no data addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: api ? { '/api': { target: api, changeOrigin: true } } : {} },
})
