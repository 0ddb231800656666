import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

/** In development the services' public door is at HOURGLASS_API; behind the gateway, or once built, it is the page's own address. */
const api = process.env.HOURGLASS_API

const base =
  /node_modules\/(solid-js\/(dist|web)|@solidjs)|src\/(app\/(app|main|shell|guard|routes|navigation|sign-in)|messages\/(translate|(en\/)?(common|why))|lib\/(telemetry\/(choice|notes|start)|api|api-error|format|load|locale|now|request|server-now|session|why)\.ts|parts\/(button|dialog|empty|text-field|html|icon|loaded|notice|page|radio-group|skeleton|tag|time)\.tsx)/

export default defineConfig({
  plugins: [solid()],
  build: {
    target: ['chrome125', 'firefox128', 'safari17.5'],
    manifest: true,
    // The pages' policy allows no data addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // A student loads three files, which compress better than thirty: what every page needs, their own pages, the exam room.
        codeSplitting: {
          groups: [
            { name: 'base', test: base },
            { name: 'account', test: /src\/(app\/(account|invitation|not-found)|lib\/theme|messages\/(en\/)?account)/ },
            { name: 'student', test: /src\/(student\/(exams|results|review)|messages\/(en\/)?student)/ },
          ],
        },
      },
    },
  },
  server: { proxy: api ? { '/api': { target: api, changeOrigin: true } } : {} },
})
